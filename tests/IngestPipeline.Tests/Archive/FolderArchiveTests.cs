using System.IO.Compression;
using System.Text;
using IngestPipeline.Archive;

namespace IngestPipeline.Tests.Archive;

public sealed class FolderArchiveTests : IDisposable
{
    private readonly ArchiveFixture _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("x.test/2026/a.html", "https://x.test/2026/a.html")]
    [InlineData("x.test/index.html", "https://x.test/")]
    [InlineData("x.test/news/index.html.gz", "https://x.test/news/")]
    [InlineData("x.test:8080/a.html", "https://x.test:8080/a.html")]
    [InlineData("x.test/story.php?id=5", "https://x.test/story.php?id=5")]
    [InlineData("x.test/a b.html", "https://x.test/a%20b.html")]
    [InlineData("news/a.html", "archive:///news/a.html")]
    [InlineData("v1.2/a.html", "archive:///v1.2/a.html")]
    [InlineData("a b#.html", "archive:///a%20b%23.html")]
    public async Task Takes_the_url_from_a_mirrored_path(string path, string url)
    {
        _files.Put(path, path.EndsWith(".gz", StringComparison.Ordinal) ? Gzip(ArchiveFixture.Html("x")) : Encoding.UTF8.GetBytes(ArchiveFixture.Html("x")));
        await using var archive = await _files.OpenAsync();
        var page = Assert.Single(archive.Pages());
        Assert.Equal(url, page.Url);
        Assert.Null(page.Date);
    }

    [Theory]
    [InlineData("<link rel=\"canonical\" href=\"https://x.test/story?a=1&amp;b=2\">", "https://x.test/story?a=1&b=2")]
    [InlineData("<LINK href='https://x.test/story' rel='CANONICAL' />", "https://x.test/story")]
    [InlineData("<meta property=og:url content=https://x.test/og>", "https://x.test/og")]
    [InlineData("<meta property=\"og:url\" content=\"https://x.test/og\"><link rel=canonical href=https://x.test/canonical>", "https://x.test/canonical")]
    [InlineData("<!-- <link rel=canonical href=https://x.test/commented> -->", "archive:///a.html")]
    [InlineData("<script>'<link rel=canonical href=https://x.test/script>'</script>", "archive:///a.html")]
    [InlineData("<link rel=canonical href=/relative>", "archive:///a.html")]
    [InlineData("</head><body><link rel=canonical href=https://x.test/body>", "archive:///a.html")]
    public async Task Takes_the_url_from_a_pages_head(string head, string url)
    {
        _files.Put("a.html", ArchiveFixture.Html("x", head));
        await using var archive = await _files.OpenAsync();
        Assert.Equal(url, Assert.Single(archive.Pages()).Url);
    }

    [Fact]
    public async Task A_linked_folder_outside_is_told_and_one_inside_is_read_where_it_lies()
    {
        using var outside = new ArchiveFixture();
        outside.Put("b.html", ArchiveFixture.Html("b"));
        _files.Put("days/a.html", ArchiveFixture.Html("a"));
        Directory.CreateSymbolicLink(Path.Combine(_files.Folder, "latest"), "days");
        Directory.CreateSymbolicLink(Path.Combine(_files.Folder, "circle"), ".");
        Directory.CreateSymbolicLink(Path.Combine(_files.Folder, "elsewhere"), outside.Folder);

        await using var archive = await _files.OpenAsync();

        Assert.Single(archive.Pages());
        var fault = Assert.Single(archive.Faults);
        Assert.EndsWith("elsewhere", fault.File, StringComparison.Ordinal);
        Assert.Contains("is not followed", fault.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_url_that_several_pages_claim_is_nobodys()
    {
        const string Head = "<link rel=canonical href=https://x.test/>";
        _files.Put("a.html", ArchiveFixture.Html("a", Head));
        _files.Put("b.html", ArchiveFixture.Html("b", Head));
        _files.Put("c.html", ArchiveFixture.Html("c", "<link rel=canonical href=https://x.test/c>"));
        await using var archive = await _files.OpenAsync();
        Assert.Null(archive.Find(new("https://x.test/"), null));
        Assert.Equal(["archive:///a.html", "archive:///b.html", "https://x.test/c"], archive.Pages().Select(p => p.Url));
        Assert.NotNull(archive.Find(new("archive:///b.html"), null));
    }

    [Theory]
    [InlineData("https://x.test/news/a1", "news/a1.html")]
    [InlineData("https://x.test/news/a1/", "news/a1.html")]
    [InlineData("http://x.test/2026/news/a1.html?utm_source=feed", "news/a1.html")]
    [InlineData("https://x.test/only", "only.txt")]
    [InlineData("https://x.test/deep/folder", "deep/folder/index.html")]
    [InlineData("https://x.test/a1", null)]
    [InlineData("https://x.test/sport/a1", null)]
    [InlineData("https://x.test/only?page=2", null)]
    [InlineData("https://x.test/", null)]
    public async Task A_link_is_answered_by_the_one_file_whose_path_ends_alike(string link, string? file)
    {
        foreach (var path in new[] { "news/a1.html", "old/news/a2.html", "blog/a1.html", "deep/folder/index.html" })
            _files.Put(path, ArchiveFixture.Html(path));
        _files.Put("only.txt", "only");
        await using var archive = await _files.OpenAsync();
        Assert.Equal(file is null ? null : "archive:///" + file, archive.Find(new(link), null)?.Url);
    }

    [Fact]
    public async Task A_file_known_to_be_of_another_host_never_fits()
    {
        _files.Put("x.test/news/a1.html", ArchiveFixture.Html("x"));
        await using var archive = await _files.OpenAsync();
        Assert.Null(archive.Find(new("https://y.test/news/a1"), null));
        Assert.NotNull(archive.Find(new("https://www.x.test/news/a1"), null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task A_list_of_captures_gives_url_date_status_and_headers(string end)
    {
        _files.Put("pages/1.html", ArchiveFixture.Html("one"));
        _files.Put("pages/2.html", ArchiveFixture.Html("two"));
        _files.Put("secret.html", ArchiveFixture.Html("secret"));
        _files.Put("pages/captures.jsonl", """
            {"file": "1.html", "url": "https://x.test/one", "date": "2026-03-01T08:00:00+02:00", "headers": {"ETag": "\"a\"", "Content-Type": "text/html; charset=utf-8"}}
            {"file": "1.html", "url": "https://x.test/one", "date": "2026-03-02T08:00:00Z", "status": 410}
            not json
            {"file": "../secret.html", "url": "https://x.test/secret"}

            """);
        await using var archive = await _files.OpenAsync(Path.Combine(_files.Folder, "pages") + end);
        Assert.Equal(2, archive.Faults.Count);
        var first = archive.Find(new("https://x.test/one"), null)!;
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 6, 0, 0, TimeSpan.Zero), first.Date);
        var response = await archive.ReadAsync(first, default);
        Assert.Equal(["ETag", "Content-Type"], response.Headers.Select(h => h.Key));
        Assert.Equal(410, archive.Find(new("https://x.test/one"), first.Date!.Value.AddHours(1))!.Status);
        Assert.Null(archive.Find(new("https://x.test/secret"), null));
        Assert.Equal(["https://x.test/one", "archive:///2.html"], archive.Pages().Select(p => p.Url));
    }

    [Fact]
    public async Task Mixes_warc_files_with_page_files_and_reads_gzip_files()
    {
        _files.Warc("crawl/a.warc.gz", ArchiveFixture.Page("https://x.test/a", ArchiveFixture.Day, ArchiveFixture.Html("a")));
        _files.Put("x.test/b.html.gz", Gzip(ArchiveFixture.Html("bee")));
        _files.Put("image.png", [0x89, 0x50, 0x4E, 0x47]);
        await using var archive = await _files.OpenAsync();
        Assert.Equal(["https://x.test/a", "https://x.test/b.html"], archive.Pages().Select(p => p.Url));
        var page = await archive.ReadAsync(archive.Find(new("https://x.test/b.html"), null)!, default);
        Assert.Contains("bee", ArchiveFixture.Text(page), StringComparison.Ordinal);
        Assert.Contains(page.Headers, h => h is { Key: "Content-Type", Value: "text/html" });
    }

    [Fact]
    public async Task A_pipe_among_the_files_is_passed_over()
    {
        // There are no named pipes among a folder's files elsewhere.
        if (OperatingSystem.IsWindows())
            return;
        _files.Put("x.test/a.html", ArchiveFixture.Html("x"));
        using (var made = System.Diagnostics.Process.Start("mkfifo", [.. new[] { "pipe.html", "pipe", "pipe.warc", "pipe.warc.gz" }.Select(n => Path.Combine(_files.Folder, n))]))
            await made.WaitForExitAsync();
        File.CreateSymbolicLink(Path.Combine(_files.Folder, "link.warc"), "/dev/zero");
        File.CreateSymbolicLink(Path.Combine(_files.Folder, "link.html"), "pipe");

        await using var archive = await _files.OpenAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("https://x.test/a.html", Assert.Single(archive.Pages()).Url);
    }

    private static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    internal static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes);
        return stream.ToArray();
    }
}
