using System.IO.Compression;
using System.Text;
using IngestPipeline.Feeds;

namespace IngestPipeline.Tests.Feeds;

public sealed class OtherFormatsTests
{
    [Fact]
    public void Reads_a_json_feed()
    {
        var result = Documents.Read("""
            {"version":"https://jsonfeed.org/version/1.1","title":"T","home_page_url":"/","language":"de","next_url":"/2","hubs":[{"type":"WebSub","url":"https://hub.example/"}],
             "authors":[{"name":"Desk"}],
             "items":[{"id":1,"title":"A","url":"/a","content_html":"<a href='b'>b</a>","summary":"S","date_published":"2026-02-03T07:15:00Z",
               "tags":["x","x","y"],"attachments":[{"url":"/a.mp3","mime_type":"audio/mpeg","size_in_bytes":9}]},
              {"id":"2","external_url":"https://other.example/","content_text":"plain","author":{"name":"Ann"}}, 7, null]}
            """, "https://a.example/feeds/f.json");

        Assert.Equal(FeedFormat.JsonFeed, result.Format);
        Assert.Null(result.WellFormed);
        Assert.Equal(("T", "https://a.example/", "de"), (result.Feed.Title, result.Feed.Link, result.Feed.Language));
        Assert.Equal(("https://hub.example/", "https://a.example/2"), (result.Feed.Hub, result.Feed.NextPage));
        Assert.Equal(2, result.Entries.Count);
        var first = result.Entries[0];
        Assert.Equal(("1", "A", "https://a.example/a"), (first.Id, first.Title, first.Link));
        Assert.Equal("<a href='https://a.example/feeds/b'>b</a>", first.Content);
        Assert.Equal(["x", "y"], first.Categories);
        Assert.Equal([new FeedEnclosure("https://a.example/a.mp3", "audio/mpeg", "9")], first.Enclosures);
        Assert.Equal(["Desk"], first.Authors);
        Assert.Equal(("https://other.example/", "plain"), (result.Entries[1].Link, result.Entries[1].Content));
        Assert.Equal(["Ann"], result.Entries[1].Authors);
    }

    [Theory]
    [InlineData("{\"a\":1}")]
    [InlineData("[1,2]")]
    [InlineData("{\"items\":[")]
    public void Other_or_broken_json_is_not_a_feed_and_says_why(string json)
    {
        var result = Documents.Read(json);

        Assert.False(result.IsFeed);
        Assert.NotNull(result.Error);
    }

    [Theory]
    [InlineData(",{\"id\":\"3\",\"ti")]
    [InlineData(",{\"id\":3,}, oops")]
    public void A_cut_json_feed_keeps_its_entries_and_says_where_it_ends(string end)
    {
        var result =
            Documents.Read("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"id\":\"1\",\"author\":{\"name\":\"A\"}},{\"id\":\"2\"}" + end);

        Assert.Equal(["1", "2"], result.Entries.Select(e => e.Id).Take(2));
        Assert.Equal("not valid JSON at line 1", result.Error);
    }

    [Fact]
    public void Lone_surrogates_in_json_do_no_harm()
    {
        var result = Documents.Read("""{"version":"https://jsonfeed.org/version/1","items":[{"\ud800":1,"id":"1"},{"id":"2","title":"\udc00"}]}""");

        Assert.Equal(2, result.Entries.Count);
        Assert.Null(result.Entries[1].Title);
    }

    [Fact]
    public void Json_nested_without_end_is_refused() => Assert.False(Documents.Read(new string('[', 100_000)).IsFeed);

    [Fact]
    public void Reads_a_news_sitemap()
    {
        var result = Documents.Read("""
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
                    xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
              <url><loc>https://news.example/1</loc><lastmod>2026-02-03</lastmod>
                <image:image><image:loc>https://news.example/1.jpg</image:loc><image:title>Boat</image:title></image:image>
                <news:news><news:publication><news:name>Harbour</news:name><news:language>en</news:language></news:publication>
                  <news:publication_date>2026-02-03T07:15:00+00:00</news:publication_date><news:title>Storm</news:title><news:keywords>a, b</news:keywords></news:news></url>
              <url><loc> https://news.example/2 </loc></url>
            </urlset>
            """);

        Assert.Equal(FeedFormat.Sitemap, result.Format);
        var first = result.Entries[0];
        Assert.Equal(("https://news.example/1", "Storm"), (first.Link, first.Title));
        Assert.Equal(new DateTimeOffset(2026, 2, 3, 7, 15, 0, TimeSpan.Zero), first.Published);
        Assert.Equal(new DateTimeOffset(2026, 2, 3, 0, 0, 0, TimeSpan.Zero), first.Updated);
        Assert.Equal(["a", "b"], first.Categories);
        Assert.Equal("https://news.example/2", result.Entries[1].Link);
    }

    [Theory]
    [InlineData("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><sitemap><loc>https://a.example/1.xml.gz</loc></sitemap></sitemapindex>")]
    [InlineData("<sitemapindex><sitemap><loc>https://a.example/1.xml.gz</loc></sitemap></sitemapindex>")]
    [InlineData("<s:sitemapindex xmlns:s=\"urn:x\"><s:sitemap><s:loc>https://a.example/1.xml.gz</s:loc></s:sitemap></s:sitemapindex>")]
    public void Reads_a_sitemap_index(string document)
    {
        var result = Documents.Read(document);

        Assert.Equal(FeedFormat.SitemapIndex, result.Format);
        Assert.Equal("https://a.example/1.xml.gz", Assert.Single(result.Entries).Link);
    }

    [Fact]
    public void Reads_a_plain_text_sitemap()
    {
        var result = Documents.Read("\uFEFFhttps://a.example/1\r\n\r\nhttps://a.example/2\r\nnot an address\r\n");

        Assert.Equal(FeedFormat.TextSitemap, result.Format);
        Assert.Equal(["https://a.example/1", "https://a.example/2"], result.Entries.Select(e => e.Link));
    }

    [Fact]
    public void Unpacks_a_gzip_file_and_keeps_what_a_cut_one_holds()
    {
        var document =
            "<urlset>" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"<url><loc>https://a.example/{i * 7919 % 104729}</loc></url>")) + "</urlset>";
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.ASCII.GetBytes(document));
        var bytes = packed.ToArray();

        Assert.Equal(20_000, Documents.Read(bytes).Entries.Count);
        var cut = Documents.Read(bytes[..(bytes.Length / 2)]);
        Assert.NotNull(cut.Error);
        Assert.InRange(cut.Entries.Count, 1_000, 19_999);
    }

    [Fact]
    public void Reads_a_channel_definition()
    {
        var result = Documents.Read("""
            <CHANNEL HREF="https://a.example/"><TITLE>T</TITLE><ITEM HREF="https://a.example/1" LASTMOD="1999-02-03T10:00"><TITLE>A</TITLE><ABSTRACT>S</ABSTRACT></ITEM></CHANNEL>
            """);

        Assert.Equal((FeedFormat.Cdf, "T", "https://a.example/"), (result.Format, result.Feed.Title, result.Feed.Link));
        var entry = Assert.Single(result.Entries);
        Assert.Equal(("https://a.example/1", "A", "S", 1999), (entry.Link, entry.Title, entry.Summary, entry.Updated!.Value.Year));
    }

    [Theory]
    [InlineData("", "the document is empty")]
    [InlineData("   ", "not a feed")]
    [InlineData("<html><body><rss><channel><item/></channel></rss></body></html>", "not a feed")]
    [InlineData("<!DOCTYPE html><title>x</title><p>y", "not a feed")]
    [InlineData("plain words", "not a feed")]
    public void Other_documents_are_not_feeds(string document, string error)
    {
        var result = Documents.Read(document);

        Assert.False(result.IsFeed);
        Assert.Empty(result.Entries);
        Assert.Equal(error, result.Error);
    }
}
