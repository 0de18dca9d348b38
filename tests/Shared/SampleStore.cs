using System.Globalization;
using System.IO.Compression;
using System.Text;
using IngestPipeline.Archive;
using IngestPipeline.Boilerplate;
using IngestPipeline.Deduplication;
using IngestPipeline.Extraction;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Shared;

/// <summary>
/// A store of invented articles, as a run leaves one: several outlets and languages, wires that many carry, hostile titles and addresses, a site
/// whose pages changed on the last day, feeds that fail. Seeded: the same arguments give the same bytes.
/// </summary>
internal sealed class SampleStore(int days, int perDay, int seed = 8)
{
    public const string HostileTitle = "<script>alert('title')</script><img src=x onerror=alert(1)> & \"quoted\" \u202Egnp.exe";

    private static readonly DateOnly First = new(2026, 3, 1);

    private static readonly (string Name, string Host)[] Outlets =
    [
        ("Harbour Post", "www.harbourpost.example"), ("The Inland Courier", "inlandcourier.example"), ("Coastline Radio", "coastline.example"),
        ("Valley Observer", "valley-observer.example"), ("Nordlicht Zeitung", "nordlicht.example"), ("صحيفة الميناء", "almina.example"),
        ("港口日报", "gangkou.example"), ("La Gaceta del Faro", "elfaro.example"), ("Ridge & Fell \"Weekly\"", "ridge.example"),
        ("<b>Bold</b> Daily", "bold.example"),
    ];

    private static readonly string[] Subjects = ["Council", "Ferry operator", "School board", "Water company", "Regional court", "Port authority", "Farmers' union", "Transit agency", "Museum", "Coast guard"];
    private static readonly string[] Verbs = ["approves", "delays", "questions", "publishes", "withdraws", "extends", "reopens", "audits", "sells", "defends"];
    private static readonly string[] Objects = ["the winter timetable", "a new sea wall", "its library budget", "the old mill bridge", "plans for the market square", "the reservoir repairs", "night bus routes", "a flood warning system", "the harbour dues", "its climate report"];

    private static readonly string[] Sentences =
    [
        "The decision came after three hours of debate on {0} evening.", "Members of the public filled the gallery and spoke for and against.",
        "The cost is put at {1} million over four years.",
        "Critics say that the figures leave out maintenance.", "Work would begin in {2} and last about {1} months.",
        "A spokesperson said that the plan had been checked twice by outside engineers.",
        "Residents of the lower town have asked for a second hearing.", "Last year {1} complaints were filed about the same stretch.",
        "The next vote is due before the end of {2}.",
        "Neighbouring districts watch closely, since they share the same water.",
    ];

    private static readonly (string Rule, string Reason, string Text)[] Furniture =
    [
        ("density", "mostly links, and the block model found it unlike the article", "Home | News | Sport | Weather"),
        ("support-appeal", "an appeal for donations or support", "Our reporting is free for all. Support us from 3 a month."),
        ("also-read-line", "a pointer to another article", "Also Read | What the tide tables do not tell"),
        ("share-bar", "share buttons", "Share this article Facebook X WhatsApp Email"),
        ("newsletter-start", "an invitation to a newsletter", "Sign up for the morning letter and start the day informed."),
        ("comment-count", "a count of comments", "12 comments"),
    ];

    private readonly Random _random = new(seed);
    private readonly SortedDictionary<string, List<(string Id, byte[] Record)>> _days = new(StringComparer.Ordinal);
    private int _articles;

    public async Task WriteAsync(IBlobStore store)
    {
        await store.CreateAsync(StoreNames.Header, new StoreHeader("1-sample", "", []).ToJson());
        for (var day = 0; day < days; day++)
            AddDay(First.AddDays(day), day == days - 1);
        var rollUps = new List<RollUp>();
        foreach (var (day, records) in _days)
        {
            var lines = records.OrderBy(r => r.Id, StringComparer.Ordinal).SelectMany(r => r.Record.Append((byte)'\n')).ToArray();
            await store.WriteBatchAsync(
                [new(StoreNames.RollUp(day), Gzip(lines)), .. records.Take(500).Select(r => new BlobWrite(StoreNames.Record(day, r.Id), r.Record))]);
            rollUps.Add(new(day, records.Count, lines.Length, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(lines))));
        }

        await store.WriteBatchAsync([new(StoreNames.RollUpManifest, RollUp.Manifest([], rollUps))]);
        await WriteFeedsAsync(store);
        await WriteLedgerAsync(store);
    }

    private async Task WriteLedgerAsync(IBlobStore store)
    {
        var ledger = RecordJson.Object(json =>
        {
            json.WriteString("schema", "ledger/1");
            json.WriteStartObject("days");
            foreach (var (day, records) in _days)
            {
                json.WriteStartObject(day);
                json.WriteNumber("written", records.Count * 9 / 10);
                json.WriteNumber("feed-only", records.Count - (records.Count * 9 / 10));
                json.WriteNumber("unchanged", records.Count / 6);
                json.WriteNumber("gone", records.Count / 20);
                json.WriteNumber("paywalled", records.Count / 15);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteStartArray("counted");
            json.WriteEndArray();
        });
        var status = RecordJson.Object(json =>
        {
            json.WriteString("schema", "status/1");
            json.WriteString("at", "2026-03-09T20:05:00Z");
            json.WriteNumber("pending", 3);
            json.WriteNumber("quarantined", 1);
        });
        await store.WriteBatchAsync([new(StoreNames.Ledger, ledger), new(StoreNames.Status, status)]);
    }

    private void AddDay(DateOnly date, bool isLast)
    {
        // Every fourth report is a wire that several outlets carry within hours.
        var made = 0;
        while (made < perDay)
        {
            var text = Text();
            var title = $"{Pick(Subjects)} {Pick(Verbs)} {Pick(Objects)}";
            var carriers = _random.Next(4) == 0 ? _random.Next(2, 7) : 1;
            made += AddStory(date, title, text, Math.Min(carriers, perDay - made), isLast);
        }
    }

    private int AddStory(DateOnly date, string title, List<string> text, int carriers, bool isLast)
    {
        var start = new DateTimeOffset(date.ToDateTime(new(_random.Next(0, 18), _random.Next(60)), DateTimeKind.Utc)).AddSeconds(_random.Next(60));
        var ids = Enumerable.Range(0, carriers).Select(_ => ArticleId.Of($"{seed}/{_articles++}")).ToArray();
        var first = _random.Next(Outlets.Length);
        var decisions = new List<PublishedDecision>();
        var articles = new List<Article>();
        for (var i = 0; i < carriers; i++)
        {
            var (name, host) = Outlets[(first + (i * 3)) % Outlets.Length];
            var article =
                Make(ids[i], i == 0 ? title : i % 3 == 0 ? "Report: " + title : title, text, name, host, start.AddMinutes(i * _random.Next(3, 90)), i, isLast);
            articles.Add(article);
            decisions.Add(Decide(article, ids, i));
        }

        for (var i = 0; i < carriers; i++)
        {
            var day = StoreNames.Day(articles[i].FirstSeen);
            if (!_days.TryGetValue(day, out var list))
                _days[day] = list = [];
            list.Add(
                (
                    ids[i],
                    RecordView.Write(
                        ArticleJson.Write(articles[i], "1-sample"), decisions[i],
                        i == 0 ? [.. decisions.Skip(1).Where(d => d.Decision.CanonicalId == ids[0])] : []).ToArray()));
        }

        return carriers;
    }

    private static PublishedDecision Decide(Article article, string[] ids, int place)
    {
        var kind = (ids.Length, place) switch
        {
            (1, _) => CopyKind.Unique,
            (_, 0) => CopyKind.Original,
            (_, 1) => CopyKind.Exact,
            (_, 4) => CopyKind.Version,
            (_, 5) => CopyKind.Rewrite,
            _ => CopyKind.Near,
        };
        var similarity = place == 0 ? 0 : kind == CopyKind.Exact ? 10_000 : 9_100 - (place * 450);
        return new()
        {
            Decision = new()
            {
                Id = article.Id,
                CanonicalId = kind == CopyKind.Rewrite ? article.Id : ids[0],
                Kind = kind,
                Similarity = similarity,
                RewriteOf = kind == CopyKind.Rewrite ? ids[0] : null,
                StoryId = ids[0],
                Evidence = place == 0
                    ? null
                    : new(
                        ids[0], "containment", similarity, 5_000, similarity,
                        similarity - 200) { Passages = [new(0, Math.Min(60, article.Text.Length), 0, Math.Min(60, article.Text.Length))] },
            },
            Revision = 1,
            Cause = "new",
            ArticleRevision = 1,
            FirstSeen = article.FirstSeen,
            Captured = article.Captured,
            ContentHash = article.ContentHash,
            Outlet = article.Metadata.Outlet?.Value,
            Url = article.Url,
            Title = article.Metadata.Title?.Value,
        };
    }

    private Article Make(string id, string title, List<string> text, string outlet, string host, DateTimeOffset seen, int place, bool isLast)
    {
        var number = _articles;
        var hostile = host == "bold.example";
        var language = outlet switch { "صحيفة الميناء" => "ar", "港口日报" => "zh", "La Gaceta del Faro" => "es", "Nordlicht Zeitung" => "de", _ => "en" };
        if (hostile)
            title = HostileTitle + " " + number.ToString(CultureInfo.InvariantCulture);
        else if (language == "ar")
            (title, text) = ("المجلس يوافق على جدول الشتاء الجديد للعبّارة", ["وافق المجلس مساء الخميس على جدول الشتاء الجديد بعد ثلاث ساعات من النقاش.", "وتبلغ الكلفة ثلاثة ملايين على أربع سنوات."]);
        else if (language == "zh")
            (title, text) = ("港务局公布新的防洪墙计划", ["港务局周四公布了新的防洪墙计划,工程预计在四年内完成。", "附近居民要求举行第二次听证会。"]);
        // On the last day one site's pages have a new design: little text is found, much is removed.
        var broken = isLast && host == "valley-observer.example";
        var bare = broken ? number % 2 == 0 : number % 23 == 0;
        List<Block> blocks = bare
            ? []
            : [.. text.Skip(place > 1 ? 1 : 0).Take(broken ? 1 : 99).Select((t, i) => new Block(i == 2 && place == 0 ? BlockKind.Quote : BlockKind.Paragraph, t))];
        var url = hostile
            ? (number % 2 == 0 ? "javascript:alert(document.domain)" : "https://bold.example/?q=\"><script>alert(2)</script>&n=" + number.ToString(CultureInfo.InvariantCulture))
            : $"https://{host}/{seen:yyyy/MM}/{id[..8]}";
        var body = string.Join("\n\n", blocks.Select(b => b.Text));
        return new()
        {
            Id = id,
            Url = url,
            FirstSeen = seen,
            Captured = seen,
            Feed = new($"https://{host}/feed.xml", outlet, url),
            Metadata = new()
            {
                Title = new(title, "json-ld:headline"),
                Outlet = new(outlet, "meta:og:site_name"),
                Authors = place == 0 ? new(["Maren Voss", "Ines Calder"], "json-ld:author") : null,
                Credit = place == 1 ? new(["Shore Wire"], "visible:credit") : null,
                Published = Published(seen.AddMinutes(-4 - (number * 37 % 61))),
                Language = new(language, "html:lang"),
                LeadImage = hostile ? new("javascript:alert(3)", "meta:og:image") : new($"https://{host}/images/{id[..6]}.jpg", "meta:og:image"),
                CanonicalUrl = new(url, "link:canonical"),
            },
            TextFrom = bare ? TextSource.Headline : number % 11 == 0 ? TextSource.Feed : TextSource.Page,
            Blocks = blocks,
            Removed = bare ? [] : [.. Removed(host, blocks.Count, broken, hostile)],
            Flags = number % 97 == 0 ? ["published-in-future"] : [],
            Raw = number % 11 == 0 ? null : new(url, seen, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(id)))),
            Text = body,
            ContentHash = ArticleId.ContentHash(title, body),
        };
    }

    private static Sourced<ArticleDate> Published(DateTimeOffset at)
    {
        var local = at.ToOffset(TimeSpan.FromHours(1)).DateTime;
        return new(new(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local), TimeSpan.FromHours(1)), "json-ld:datePublished");
    }

    private IEnumerable<StrippedBlock> Removed(string host, int blocks, bool broken, bool hostile)
    {
        foreach (var (rule, reason, text) in Furniture)
        {
            if (_random.Next(5) == 0)
                continue;
            var shown =
                hostile ? $"<a href=\"javascript:alert(4)\" onclick='x'>{text}</a> {new string('W', 300)}" : $"{text}{(rule == "density" ? " | " + host : "")}";
            yield return new(shown, rule, reason, rule switch { "density" => 0, "also-read-line" or "support-appeal" => Math.Min(2, blocks), _ => blocks });
        }

        for (var i = 0; broken && i < 12; i++)
            yield return new(
                $"{Pick(Subjects)} {Pick(Verbs)} {Pick(Objects)}", "model", "the block model found it unlike the article: place, style and neighbours", blocks);
    }

    private List<string> Text() =>
        [.. Enumerable.Range(0, _random.Next(4, 9)).Select(_ => string.Join(' ', Enumerable.Range(0, _random.Next(2, 5)).Select(_ => string.Format(CultureInfo.InvariantCulture, Pick(Sentences), Pick(["Monday", "Thursday", "Friday"]), _random.Next(2, 40), Pick(["April", "June", "autumn"])))))];

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];

    private async Task WriteFeedsAsync(IBlobStore store)
    {
        var states = new FeedStates(store);
        var now = new DateTimeOffset(First.AddDays(days - 1).ToDateTime(new(20, 0), DateTimeKind.Utc));
        foreach (var (index, (name, host)) in Outlets.Index())
        {
            var state = new FeedState { FeedId = ArticleId.Of(host), Url = new($"https://{host}/feed.xml"), Title = name, LastPoll = now, LastSuccess = now, NextPoll = now.AddMinutes(10 + index), Health = FeedHealth.Healthy };
            state = index switch
            {
                3 =>
                    state with { Health = FeedHealth.Failing, Failures = 4, LastSuccess = now.AddHours(-7), FailingSince = now.AddHours(-6), Problem = "The server answers 503 (unavailable). It is tried again each hour; nothing to do yet." },
                8 =>
                    state with { Health = FeedHealth.Dead, Failures = 11, LastSuccess = now.AddDays(-5), FailingSince = now.AddDays(-5), Problem = "The name ridge.example no longer resolves. Look for the site's new address, or remove the feed." },
                _ => state,
            };
            await states.SaveAsync(state, null, CancellationToken.None);
        }
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return compressed.ToArray();
    }
}
