using System.Text;
using IngestPipeline.Feeds;

namespace IngestPipeline.Tests.Feeds;

public sealed class FeedSnifferTests
{
    [Theory]
    [InlineData("<rss version='2.0'>")]
    [InlineData("\uFEFF<?xml version='1.0'?>\n<!-- a feed --><?xml-stylesheet href='x'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>")]
    [InlineData("<!DOCTYPE rss SYSTEM 'http://x/'><rss>")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'><title>x")]
    [InlineData("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>")]
    [InlineData("<sitemapindex>")]
    [InlineData("{\"version\":\"https://jsonfeed.org/version/1.1\"")]
    [InlineData("https://a.example/1\nhttps://a.example/2\n")]
    public void Knows_the_start_of_a_feed(string start) => Assert.True(FeedSniffer.LooksLikeFeed(Encoding.UTF8.GetBytes(start)));

    [Theory]
    [InlineData("")]
    [InlineData("<!DOCTYPE html><html><head><title>RSS</title><link rel='alternate' type='application/rss+xml' href='/feed'>")]
    [InlineData("<html><body><pre><rss version='2.0'>")]
    [InlineData("<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><rss>")]
    [InlineData("<!-- <rss> --><p>rss")]
    [InlineData("<opml version='2.0'><body><outline xmlUrl='https://a.example/feed'/>")]
    [InlineData("{\"items\":[]}")]
    [InlineData("https://a.example/1 is a page about rss")]
    [InlineData("words")]
    public void A_page_that_mentions_feeds_is_none(string start) => Assert.False(FeedSniffer.LooksLikeFeed(Encoding.UTF8.GetBytes(start)));

    [Fact]
    public void Looks_at_the_prefix_only()
    {
        var padded = Encoding.UTF8.GetBytes(new string(' ', FeedSniffer.PrefixLength) + "<rss>");

        Assert.False(FeedSniffer.LooksLikeFeed(padded));
    }

    [Fact]
    public void Utf_16_is_no_obstacle() => Assert.True(FeedSniffer.LooksLikeFeed(Encoding.BigEndianUnicode.GetBytes("<rss><channel>")));
}
