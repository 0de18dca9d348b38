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
        ],
        ["ingest dedupe"] =
        [
            ("ingest dedupe docs.jsonl", "one decision a line"),
            ("ingest dedupe docs.jsonl --out decisions.jsonl", "into a file"),
        ],
        ["ingest feeds parse"] =
        [
            ("ingest feeds parse feed.xml", "a feed of any format as JSON"),
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
