using System.Globalization;
using System.Net;
using System.Text;
using IngestPipeline.Archive;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>Builds an archive of an invented web: feeds and pages at times, as one WARC file.</summary>
internal sealed class TestWeb
{
    public static readonly DateTimeOffset Start = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private readonly List<WarcEntry> _entries = [];

    public TestWeb Page(string url, double hour, string html, string contentType = "text/html; charset=utf-8") => Add(url, hour, 200, contentType, html);

    public TestWeb Article(string url, double hour, string title, params string[] paragraphs) => Page(url, hour, ArticleHtml(title, paragraphs));

    public TestWeb Status(string url, double hour, int status, string? location = null) =>
        Add(url, hour, status, "text/html", "<html><body>no</body></html>", location);

    public TestWeb Feed(string url, double hour, params (string Title, string Link)[] items) =>
        FeedXml(
            url, hour,
            string.Concat(
                items.Select(i => $"<item><title>{WebUtility.HtmlEncode(i.Title)}</title><link>{WebUtility.HtmlEncode(i.Link)}</link><guid>{WebUtility.HtmlEncode(i.Link)}</guid></item>")));

    public TestWeb FeedXml(string url, double hour, string items) => Add(
        url,
        hour,
        200,
        "application/rss+xml",
        $"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Post</title><link>https://post.example/</link><description>d</description>{items}</channel></rss>""");

    public TestWeb Add(WarcEntry entry)
    {
        _entries.Add(entry);
        return this;
    }

    public string Save(string path)
    {
        using var file = File.Create(path);
        var writer = new WarcWriter(file, new() { Compress = path.EndsWith(".gz", StringComparison.Ordinal) });
        writer.Write(WarcEntry.Info(Start, new KeyValuePair<string, string>("software", "test")));
        foreach (var entry in _entries)
            writer.Write(entry);
        return path;
    }

    public static string ArticleHtml(string title, params string[] paragraphs) =>
        $"""
        <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title><meta property="og:title" content="{title}"><meta property="og:type" content="article"></head>
        <body><nav><a href="/">Home</a><a href="/news">News</a></nav><main><article><h1>{title}</h1>
        {string.Concat(paragraphs.Select(p => $"<p>{p}</p>\n"))}
        </article></main><footer><p>© 2026 The Post</p></footer></body></html>
        """;

    /// <summary>Five sentences of some length that no other seed shares.</summary>
    public static string[] Story(int seed)
    {
        string[] who = ["The harbour master", "A retired teacher", "The county's chief engineer", "An apprentice baker", "The new librarian", "A ferry captain", "The choir's conductor", "A young beekeeper"];
        string[] did = ["repaired", "found", "measured", "painted", "sold", "restored", "catalogued", "moved"];
        string[] what = ["the old lighthouse lamp", "a box of letters", "the northern sea wall", "forty wooden chairs", "the town's first tram", "a field of late barley", "the mill's iron wheel", "an unknown map"];
        string[] where = ["on the island of Sorrel", "near the upper valley road", "behind the fish market", "under the railway bridge", "in the school's attic", "at the Brackwater fair", "beside the salt ponds", "in the ruined chapel"];
        var random = new Random(seed);
        string Pick(string[] from) => from[random.Next(from.Length)];
        return [.. Enumerable.Range(0, 5).Select(i => string.Create(
            CultureInfo.InvariantCulture,
            $"{Pick(who)} {Pick(did)} {Pick(what)} {Pick(where)} after {random.Next(3, 90)} days of work, and {Pick(who).ToLowerInvariant()} said that story {seed} part {i} would be told for {random.Next(2, 99)} years {Pick(where)}."))];
    }

    private TestWeb Add(string url, double hour, int status, string contentType, string body, string? location = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} X\r\nContent-Type: {contentType}\r\n{(location is null ? "" : $"Location: {location}\r\n")}Content-Length: {bytes.Length}\r\n\r\n");
        _entries.Add(WarcEntry.Response(url, Start.AddHours(hour), (byte[])[.. Encoding.ASCII.GetBytes(head), .. bytes]));
        return this;
    }
}
