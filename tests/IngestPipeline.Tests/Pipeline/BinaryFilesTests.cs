using System.Text;
using IngestPipeline.Archive;
using IngestPipeline.Pipeline;
using IngestPipeline.Records;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline;

public sealed class BinaryFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_that_are_sent_as_pages_give_no_article_of_meaningless_letters()
    {
        var random = new byte[30_000];
        new Random(5).NextBytes(random);
        string[] kinds = ["text/html", "text/html; charset=utf-8", "text/plain"];
        var web = new TestWeb().Feed(
            "https://post.example/feed", 0,
            [.. kinds.SelectMany(k => new[] { ("A document", Url("pdf", k)), ("A picture", Url("jpg", k)), ("A fault", Url("noise", k)) })]);
        foreach (var kind in kinds)
        {
            web.Add(Answer(Url("pdf", kind), kind, [.. "%PDF-1.7\n1 0 obj << /Type /Catalog >> stream\n"u8, .. random]))
                .Add(Answer(Url("jpg", kind), kind, [0xFF, 0xD8, 0xFF, 0xE0, .. random]))
                .Add(Answer(Url("noise", kind), kind, random));
        }

        var summary = await ReplayRun.SummaryAsync(web.Save(_folder["a.warc"]), _folder["out"]);

        Assert.True(summary.AddsUp);
        Assert.Equal(2 * kinds.Length, summary.Articles[Disposition.NotAnArticle]);
        Assert.All(
            ReplayRun.Records(_folder["out"]),
            r => Assert.Equal(("A fault", "headline"), (r.GetProperty("title").GetProperty("value").GetString(), r.GetProperty("textFrom").GetString())));
        Assert.Equal(kinds.Length, ReplayRun.RecordCount(_folder["out"]));
    }

    [Fact]
    public async Task A_page_that_is_packed_though_its_header_does_not_say_so_is_read()
    {
        var page = Encoding.UTF8.GetBytes(TestWeb.ArticleHtml("Packed", TestWeb.Story(3)));
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Optimal))
            gzip.Write(page);
        var web = new TestWeb()
            .Feed("https://post.example/feed", 0, ("Packed", "https://post.example/1"))
            .Add(Answer("https://post.example/1", "text/html", packed.ToArray()));

        await ReplayRun.SummaryAsync(web.Save(_folder["a.warc"]), _folder["out"]);

        Assert.Equal(string.Join("\n\n", TestWeb.Story(3)), Assert.Single(ReplayRun.Records(_folder["out"])).GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("utf-16", "text/html; charset=utf-16")]
    [InlineData("utf-16BE", "text/html; charset=utf-16be")]
    [InlineData("utf-8", "text/html")]
    [InlineData("windows-1251", "text/html")]
    [InlineData("shift_jis", "text/html")]
    [InlineData("iso-2022-jp", "text/plain")]
    public void Text_in_any_charset_is_text(string charset, string type)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var text = charset.StartsWith("utf", StringComparison.Ordinal)
            ? "Слова и ещё слова, 言葉 και λόγια. "
            : charset == "windows-1251"
            ? "Слова и ещё слова. "
            : "言葉とことば。";
        var body = Encoding.GetEncoding(charset).GetBytes(string.Concat(Enumerable.Repeat(text, 60)));

        Assert.False(BinaryFiles.Is(body, type));
        Assert.NotNull(MediaKinds.Of(type, body));
    }

    private static string Url(string name, string kind) => $"https://post.example/{name}-{kind.Length}";

    private static WarcEntry Answer(string url, string type, byte[] body) =>
        WarcEntry.Response(url, TestWeb.Start.AddMinutes(1), (byte[])[.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n\r\n"), .. body]);
}
