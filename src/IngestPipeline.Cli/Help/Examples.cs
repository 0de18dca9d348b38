namespace IngestPipeline.Cli.Help;

/// <summary>What people mostly want from each command: shown first in its help. Kept true by a test that parses every line.</summary>
internal static class Examples
{
    private static readonly Dictionary<string, (string Command, string What)[]> ByPath = new(StringComparer.Ordinal)
    {
        ["ingest"] =
        [
            ("ingest replay samples --out out", "clean an archive of feeds and pages into ./out"),
            ("ingest report out --out site", "see what was done: open site/index.html"),
            ("ingest search out ferry engine", "find records by words"),
            ("ingest export out --format csv --out news.csv", "take the records elsewhere"),
            ("ingest init", "start with feeds of your own"),
        ],
        ["ingest replay"] =
        [
            ("ingest replay crawl.warc.gz --out out", "a WARC file; run it again to go on after a stop"),
            ("ingest replay pages/ --out out --articles all", "a folder of saved pages, each an article"),
            ("ingest replay crawl.warc.gz --out azurite", "into the storage emulator"),
            ("ingest replay crawl.warc.gz --out out --new-run", "with new rules, beside what the old ones wrote"),
        ],
        ["ingest backfill"] =
        [
            ("ingest backfill news --own-captures", "what 'ingest run' captured, with this release's rules"),
            ("ingest backfill https://ACCOUNT.blob.core.windows.net/ingest --archive archive/2025/ --workers 8", "WARC files in the store"),
            ("ingest backfill azurite --own-captures --detach", "leave the work to others"),
        ],
        ["ingest report"] =
        [
            ("ingest report out --out site", "write the site, then open site/index.html"),
            ("ingest report out --out site --days 7", "the newest week alone"),
            ("ingest report https://ACCOUNT.blob.core.windows.net/ingest", "into the store itself, under reports/"),
        ],
        ["ingest search"] =
        [
            ("ingest search out ferry engine", "both words"),
            ("ingest search out '\"sea wall\"' --outlet \"Harbour Post\" --newest", "a phrase, one outlet, the newest first"),
            ("ingest search out 'council OR parliament' --from 2026-03-01 --canonical", "either word, since a day, each story's copies left out"),
            ("ingest search out budget --json", "for programs"),
        ],
        ["ingest export"] =
        [
            ("ingest export out --out news.ndjson", "all records as stored, one a line"),
            ("ingest export out --format csv --canonical --language en --out news.csv", "a table of English originals"),
            ("ingest export out --format sqlite --out news.db", "a database"),
            ("ingest export out --format sqlite --out news.db --since 2", "what changed since, into the same one"),
        ],
        ["ingest retain"] =
        [
            ("ingest retain news --captures 30 --articles 365 --dry-run", "what would go"),
            ("ingest retain news --captures 30 --articles 365 --quarantine 90", "let go of it"),
        ],
        ["ingest forget"] =
        [
            ("ingest forget news https://www.example.org/2026/03/a-story", "what would be taken out"),
            ("ingest forget news https://www.example.org/2026/03/a-story --yes", "take it out"),
            ("ingest forget news --outlet example.org --yes", "all of an outlet"),
        ],
        ["ingest upgrade"] =
        [
            ("ingest upgrade news --dry-run", "what an upgrade would do"),
            ("ingest upgrade news", "do it; run it again to go on after a stop"),
        ],
        ["ingest extract"] =
        [
            ("ingest extract page.html", "the article of one page"),
            ("ingest extract --manifest pages.jsonl --pages pages/ --out articles.jsonl", "many, listed in a file"),
            ("ingest extract --manifest pages.jsonl --pages pages/ --rules my-rules/ --diff", "what rules of your own would change"),
        ],
        ["ingest explain"] =
        [
            ("ingest explain page.html --out why.html", "each block of a page, kept or removed, and why"),
            ("ingest explain https://example.org/news/1 --out why.html", "the same of a page on the web"),
        ],
        ["ingest dedupe"] =
        [
            ("ingest dedupe docs.jsonl", "one decision a line"),
            ("ingest dedupe docs.jsonl --out decisions.jsonl", "into a file"),
        ],
        ["ingest diff"] =
        [
            ("ingest diff news", "what the current run says otherwise than the one before it"),
            ("ingest diff old new --limit 100", "two stores"),
            ("ingest diff news#1-0f3a9c55d1e2 news --json", "a run by its version, for programs"),
        ],
        ["ingest feeds parse"] =
        [
            ("ingest feeds parse feed.xml", "a feed of any format as JSON"),
        ],
        ["ingest run"] =
        [
            ("ingest run --store news --feeds feeds.json", "follow the feeds of a file until Ctrl-C; next time the store knows them"),
            ("ingest run --store news --once", "one round and out, for cron"),
            ("ingest run --store azurite", "against the storage emulator"),
        ],
        ["ingest verify"] =
        [
            ("ingest verify out", "is the store whole? What is wrong, where, and what a repair would do"),
            ("ingest verify out --repair", "mend what can be mended"),
            ("ingest verify out --captures", "and could all that was fetched be replayed?"),
        ],
        ["ingest quarantine list"] =
        [
            ("ingest quarantine list news", "messages that failed for good, each with its reason"),
        ],
        ["ingest quarantine show"] =
        [
            ("ingest quarantine show news quarantine/articles/5f0c.json", "one of them"),
        ],
        ["ingest quarantine retry"] =
        [
            ("ingest quarantine retry news --all", "put everything back into its queue"),
        ],
        ["ingest compare"] =
        [
            ("ingest compare one.html two.html", "side by side, with what they share and what was decided"),
            ("ingest compare one.html two.html --out both.html", "as a page"),
            ("ingest compare --store out https://harbour.example/1 https://courier.example/2", "two articles of a store"),
        ],
        ["ingest doctor"] =
        [
            ("ingest doctor https://example.org/feed.xml", "why does this feed not work?"),
            ("ingest doctor https://example.org/news/1", "why is this page's article empty?"),
        ],
        ["ingest feeds add"] =
        [
            ("ingest feeds add https://example.org/feed.xml", "into feeds.json, made if it is not there"),
            ("ingest feeds add example.org/feed --title \"The Example\" --section World --history 20", "with a name, a section, and 20 earlier documents"),
        ],
        ["ingest feeds remove"] =
        [
            ("ingest feeds remove https://example.org/feed.xml", "out of feeds.json"),
        ],
        ["ingest feeds list"] =
        [
            ("ingest feeds list", "the feeds of feeds.json"),
            ("ingest feeds list --feeds subscriptions.opml --json", "of an OPML file, as JSON lines"),
        ],
        ["ingest feeds import"] =
        [
            ("ingest feeds import subscriptions.opml", "take over another reader's feeds"),
        ],
        ["ingest feeds export"] =
        [
            ("ingest feeds export --out subscriptions.opml", "for other readers"),
        ],
        ["ingest feeds discover"] =
        [
            ("ingest feeds discover https://example.org", "the feeds of a site"),
        ],
        ["ingest feeds check"] =
        [
            ("ingest feeds check", "poll each feed of feeds.json once and say what is wrong"),
            ("ingest feeds check https://example.org/feed.xml", "a feed that is not in it"),
        ],
        ["ingest init"] =
        [
            ("ingest init", "feeds.json and ingest.env in this folder"),
            ("ingest init news", "in ./news"),
        ],
        ["ingest completion"] =
        [
            ("ingest completion bash", "then: source <(ingest completion bash)"),
        ],
    };

    public static IReadOnlyList<(string Command, string What)> Of(string path) => ByPath.GetValueOrDefault(path) ?? [];

    public static IEnumerable<string> All => ByPath.Values.SelectMany(v => v).Select(v => v.Command);
}
