using System.Text;
using IngestPipeline.Feeds.Discovery;

namespace IngestPipeline.Tests.Feeds;

public sealed class FeedLinksTests
{
    private static readonly Uri Page = new("https://site.example/news/index.html");

    [Fact]
    public void Named_feeds_come_before_linked_ones_and_each_once()
    {
        var found = Of("""
            <head><base href="/base/"><link rel="alternate stylesheet" type="text/css" href="x.css">
            <LINK REL='Alternate' TYPE='application/rss+xml; charset=utf-8' HREF='main.xml?a=1&amp;b=2' title="Main &amp; more">
            <link rel="alternate" hreflang="de" href="https://site.example/de">
            <link rel="alternate" type="application/feed+json" href="//cdn.example/f.json"></head>
            <a href="/rss/sport">RSS</a> <a href="main.xml?a=1&b=2">again</a> <a href="/breakfeeding">no</a> <a href="mailto:feed@site.example">no</a>
            """);

        Assert.Equal(
            ["https://site.example/base/main.xml?a=1&b=2", "https://cdn.example/f.json", "https://site.example/rss/sport"],
            found.Select(l => l.Url.AbsoluteUri));
        Assert.Equal("Main & more", found[0].Title);
    }

    [Fact]
    public void Sitemaps_of_robots_txt_come_news_first()
    {
        var found =
            FeedLinks.OfRobots("User-agent: *\r\nSitemap: https://site.example/sitemap.xml\r\nsitemap:/news-sitemap.xml\r\nSitemap: ftp://x/\r\n"u8, Page);

        Assert.Equal(["https://site.example/news-sitemap.xml", "https://site.example/sitemap.xml"], found.Select(l => l.Url.AbsoluteUri));
    }

    [Theory]
    [InlineData("<script>", 100_000)]
    [InlineData("<a href=\"", 100_000)]
    [InlineData("<!--", 100_000)]
    [InlineData("<link rel=alternate type=application/rss+xml href=feed>", 30_000)]
    public void Hostile_pages_end_with_a_bounded_list(string part, int times) =>
        Assert.InRange(Of(string.Concat(Enumerable.Repeat(part, times))).Count, 0, 50);

    private static IReadOnlyList<FeedLink> Of(string html) => FeedLinks.OfPage(Encoding.UTF8.GetBytes(html), Page);
}
