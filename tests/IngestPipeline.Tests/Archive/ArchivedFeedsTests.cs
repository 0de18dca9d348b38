using System.Text;
using IngestPipeline.Archive;

namespace IngestPipeline.Tests.Archive;

public sealed class ArchivedFeedsTests : IDisposable
{
    private static readonly DateTimeOffset Day = ArchiveFixture.Day;
    private readonly ArchiveFixture _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Feeds_are_known_by_content_and_come_in_order_of_date()
    {
        _files.Warc(
            "a.warc.gz",
            Feed("https://x.test/feed", 5, "text/html"),
            Feed("https://x.test/feed", 1, "application/octet-stream"),
            ArchiveFixture.Page("https://x.test/data.xml", Day, "<data><row/></data>", "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"),
            ArchiveFixture.Page("https://x.test/about-rss", Day, ArchiveFixture.Html("&lt;rss&gt;"), "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"));
        await using var archive = await _files.OpenAsync();
        Assert.True(archive.HoldsFeeds);
        Assert.Equal([Day.AddHours(1), Day.AddHours(5)], archive.Feeds().Select(f => f.Date!.Value));
        Assert.Equal(["https://x.test/about-rss"], archive.Pages().Select(p => p.Url));
    }

    [Theory]
    [InlineData("203 Non-Authoritative Information", "text/xml", false)]
    [InlineData("206 Partial Content", "text/xml", false)]
    [InlineData("200 OK", "application/x-gzip", true)]
    [InlineData("200 OK", "application/javascript", false)]
    public async Task What_a_poll_takes_for_a_feed_is_one_in_its_capture(string status, string type, bool packed)
    {
        var feed = Encoding.UTF8.GetBytes(ArchiveFixture.Rss("Feed"));
        _files.Warc(
            "a.warc",
            ArchiveFixture.Page("https://x.test/feed", Day, packed ? FolderArchiveTests.Gzip(feed) : feed, $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\n"));
        await using var archive = await _files.OpenAsync();
        Assert.Equal("https://x.test/feed", Assert.Single(archive.Feeds()).Url);
    }

    [Fact]
    public async Task An_unchanged_feed_is_a_feed_again()
    {
        var place = default(WarcPlace);
        using var stream = new MemoryStream();
        var writer = new WarcWriter(stream, new());
        place = writer.Write(Feed("https://x.test/feed", 0, "application/rss+xml"));
        writer.Write(
            WarcEntry.Revisit(
                "https://x.test/feed", Day.AddHours(1), "HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"u8.ToArray(),
                new(place.RecordId, "https://x.test/feed", Day, place.PayloadDigest!), notModified: true));
        writer.Write(ArchiveFixture.Page("https://x.test/feed", Day.AddHours(2), "", "HTTP/1.1 304 Not Modified\r\n"));
        _files.Put("a.warc.gz", stream.ToArray());

        await using var archive = await _files.OpenAsync();
        var feeds = archive.Feeds().ToList();
        Assert.Equal(3, feeds.Count);
        var last = await archive.ReadAsync(feeds[2], default);
        Assert.True(last.IsNotModified);
        Assert.Equal(200, last.Status);
        Assert.Contains("<rss", ArchiveFixture.Text(last), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_that_is_unchanged_where_it_moved_to_is_what_it_was_and_not_what_it_becomes()
    {
        var unchanged = WarcEntry.Revisit(
            "https://x.test/all/feed", Day.AddHours(1), "HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"u8.ToArray(), refersTo: null, notModified: true);
        const string Head = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n";
        _files.Warc(
            "a.warc",
            ArchiveFixture.Page("https://x.test/feed", Day, ArchiveFixture.Rss("Before"), Head),
            unchanged with { Fields = [.. unchanged.Fields, new("Ingest-Via", "https://x.test/feed")] },
            unchanged with { Date = Day.AddHours(2) },
            ArchiveFixture.Page("https://x.test/all/feed", Day.AddHours(3), ArchiveFixture.Rss("After"), Head));
        await using var archive = await _files.OpenAsync();

        var feeds = archive.Feeds().ToList();

        Assert.Equal(4, feeds.Count);
        foreach (var poll in feeds.Take(3))
            Assert.Contains("Before", ArchiveFixture.Text(await archive.ReadAsync(poll, default)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_file_has_the_url_of_its_self_link()
    {
        _files.Put("one.xml", ArchiveFixture.Rss("One", "<atom:link rel=\"self\" href=\"https://x.test/feed.xml\"/>"));
        _files.Put("two.json", """{"version": "https://jsonfeed.org/version/1.1", "title": "Two", "feed_url": "https://y.test/feed.json", "items": []}""");
        _files.Put("three.xml", ArchiveFixture.Rss("Three"));
        _files.Put("sub/four", ArchiveFixture.Rss("Four"));
        _files.Put("other.json", """{"some": "data"}""");
        await using var archive = await _files.OpenAsync();
        Assert.Equal(
            ["archive:///sub/four", "archive:///three.xml", "https://x.test/feed.xml", "https://y.test/feed.json"], archive.Feeds().Select(f => f.Url));
        Assert.Empty(archive.Pages());
        Assert.NotNull(archive.Find(new("https://x.test/feed.xml"), null));
    }

    [Fact]
    public async Task One_feed_file_is_an_archive_too()
    {
        var path = _files.Put("feed.xml", ArchiveFixture.Rss("One"));
        await using var archive = await _files.OpenAsync(path);
        Assert.Equal("archive:///feed.xml", Assert.Single(archive.Feeds()).Url);
    }

    private static WarcEntry Feed(string url, int hours, string type) =>
        ArchiveFixture.Page(url, Day.AddHours(hours), ArchiveFixture.Rss("Feed"), $"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\n");
}
