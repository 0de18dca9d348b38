using IngestPipeline.Feeds;

namespace IngestPipeline.Tests.Feeds;

public sealed class RssTests
{
    [Fact]
    public void Reads_an_item_with_all_its_fields()
    {
        var entry = Documents.Item("""
            <title>Storm reaches the islands</title><link>https://news.example/storm</link><guid isPermaLink="false">n-17</guid>
            <pubDate>Tue, 03 Feb 2026 08:15:00 +0100</pubDate><dc:creator>Mara Lind</dc:creator><category>Weather</category><category>Islands</category>
            <description>Ferries stay in port.</description><content:encoded><![CDATA[<p>Ferries stay in port.</p>]]></content:encoded>
            <enclosure url="https://news.example/storm.mp3" type="audio/mpeg" length="123"/>
            """);

        Assert.Equal("Storm reaches the islands", entry.Title);
        Assert.Equal("https://news.example/storm", entry.Link);
        Assert.Equal("n-17", entry.Id);
        Assert.Equal(new DateTimeOffset(2026, 2, 3, 7, 15, 0, TimeSpan.Zero), entry.Published);
        Assert.Equal(["Mara Lind"], entry.Authors);
        Assert.Equal(["Weather", "Islands"], entry.Categories);
        Assert.Equal("Ferries stay in port.", entry.Summary);
        Assert.Equal("<p>Ferries stay in port.</p>", entry.Content);
        Assert.Equal([new FeedEnclosure("https://news.example/storm.mp3", "audio/mpeg", "123")], entry.Enclosures);
    }

    [Fact]
    public void Reads_the_channels_fields()
    {
        var result = Documents.Channel("""
            <title>Harbour News</title><link>https://news.example/</link><language>en-gb</language><lastBuildDate>Tue, 03 Feb 2026 09:00:00 GMT</lastBuildDate>
            <ttl>30</ttl><atom:link rel="self" href="https://news.example/feed"/><atom:link rel="hub" href="https://hub.example/"/>
            <image><title>Logo</title><link>https://other.example/</link></image>
            """);

        Assert.Equal(FeedFormat.Rss, result.Format);
        Assert.True(result.WellFormed);
        Assert.Empty(result.Repairs);
        Assert.Equal("Harbour News", result.Feed.Title);
        Assert.Equal("https://news.example/", result.Feed.Link);
        Assert.Equal("en-gb", result.Feed.Language);
        Assert.Equal(new DateTimeOffset(2026, 2, 3, 9, 0, 0, TimeSpan.Zero), result.Feed.Updated);
        Assert.Equal("https://news.example/feed", result.Feed.SelfLink);
        Assert.Equal("https://hub.example/", result.Feed.Hub);
        Assert.Equal(TimeSpan.FromMinutes(30), result.Feed.PollInterval);
    }

    [Theory]
    [InlineData("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 30)]
    [InlineData("<sy:updatePeriod>daily</sy:updatePeriod>", 1440)]
    [InlineData("<ttl>60</ttl><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 60)]
    [InlineData("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 60)]
    public void The_poll_interval_is_the_longest_that_the_feed_asks_for(string fields, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), Documents.Channel(fields).Feed.PollInterval);

    [Theory]
    [InlineData("<guid>https://news.example/1</guid>", "https://news.example/1")]
    [InlineData("<guid isPermaLink=\"true\">https://news.example/1</guid>", "https://news.example/1")]
    [InlineData("<guid isPermaLink=\"false\">https://news.example/1</guid>", null)]
    [InlineData("<guid>not-an-address</guid>", null)]
    [InlineData("<guid>https://news.example/1</guid><link>https://news.example/2</link>", "https://news.example/2")]
    [InlineData("<link>https://news.example/2</link><guid>https://news.example/1</guid>", "https://news.example/2")]
    public void A_permanent_guid_stands_in_for_a_missing_link(string fields, string? link) => Assert.Equal(link, Documents.Item(fields).Link);

    [Theory]
    [InlineData("<author>mara@news.example (Mara Lind)</author>", "Mara Lind")]
    [InlineData("<author>Mara Lind &lt;mara@news.example&gt;</author>", "Mara Lind")]
    [InlineData("<author>mara@news.example</author>", "mara@news.example")]
    [InlineData("<author>Mara Lind (Springfield)</author>", "Mara Lind (Springfield)")]
    [InlineData("<author>by <a href=\"/mara\">Mara Lind</a></author>", "by Mara Lind")]
    [InlineData("<dc:creator>&lt;a href=\"/m\"&gt;Mara&lt;/a&gt; &amp;amp; Co</dc:creator>", "Mara & Co")]
    [InlineData("<atom:author><atom:name>Mara Lind</atom:name><atom:email>m@x.example</atom:email></atom:author>", "Mara Lind")]
    [InlineData("<itunes:author>Mara Lind</itunes:author>", "Mara Lind")]
    public void Reads_authors_in_every_way_they_are_written(string fields, string name) => Assert.Equal([name], Documents.Item(fields).Authors);

    [Fact]
    public void An_item_without_authors_has_the_feeds_and_says_so()
    {
        var result = Documents.Channel("<managingEditor>desk@news.example</managingEditor><item><title>A</title></item><item><author>Mara</author></item>");

        Assert.Equal(["desk@news.example"], result.Entries[0].Authors);
        Assert.True(result.Entries[0].AuthorsAreTheFeeds);
        Assert.Equal(["Mara"], result.Entries[1].Authors);
        Assert.False(result.Entries[1].AuthorsAreTheFeeds);
    }

    [Fact]
    public void A_description_beside_a_summary_is_the_content()
    {
        var entry = Documents.Item("<summary>Short.</summary><description>The long text.</description>");

        Assert.Equal(("Short.", "The long text."), (entry.Summary, entry.Content));
    }

    [Fact]
    public void The_tracking_address_is_the_link_and_the_publishers_own_is_kept_beside_it()
    {
        var entry = Documents.Item("<link>https://track.example/1</link><feedburner:origLink>https://news.example/1</feedburner:origLink>");

        Assert.Equal(("https://track.example/1", "https://news.example/1"), (entry.Link, entry.OriginalLink));
    }

    [Fact]
    public void Elements_of_an_image_or_a_medium_are_not_the_items()
    {
        var entry = Documents.Item("""
            <image><title>Logo</title><link>https://other.example/</link></image><title>Storm</title><link>https://news.example/1</link>
            <media:content url="https://news.example/1.jpg" medium="image"><media:title>A boat</media:title><media:credit>Ann</media:credit></media:content>
            """);

        Assert.Equal(("Storm", "https://news.example/1"), (entry.Title, entry.Link));
        Assert.Equal([new FeedEnclosure("https://news.example/1.jpg", "image", null)], entry.Enclosures);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    public void A_link_that_would_run_is_dropped(string link) => Assert.Null(Documents.Item($"<link>{link}</link>").Link);

    [Fact]
    public void Markup_inside_the_document_becomes_html()
    {
        var entry = Documents.Item("<description>AT&amp;T <b title=\"a&quot;b\">grows</b><br/>fast</description>");

        Assert.Equal("AT&amp;T <b title=\"a&quot;b\">grows</b><br />fast", entry.Summary);
    }

    [Theory]
    [InlineData("<rss version=\"0.91\"><channel><title>T</title><item><title>A</title></item></channel></rss>", FeedFormat.Rss)]
    [InlineData("<rss xmlns=\"http://backend.userland.com/rss2\"><channel><title>T</title><item><title>A</title></item></channel></rss>", FeedFormat.Rss)]
    [InlineData("<rss xmlns=\"http://nobody.example/ns\"><channel><title>T</title><item><title>A</title></item></channel></rss>", FeedFormat.Rss)]
    [InlineData(
        "<r:rss xmlns:r=\"http://nobody.example/ns\"><r:channel><r:title>T</r:title><r:item><r:title>A</r:title></r:item></r:channel></r:rss>", FeedFormat.Rss)]
    [InlineData("<RSS><CHANNEL><TITLE>T</TITLE><ITEM><TITLE>A</TITLE></ITEM></CHANNEL></RSS>", FeedFormat.Rss)]
    [InlineData("<channel><title>T</title><item><title>A</title></item></channel>", FeedFormat.Rss)]
    [InlineData("<wrapper><rss><channel><title>T</title><item><title>A</title></item></channel></rss></wrapper>", FeedFormat.Rss)]
    [InlineData(
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\"><channel><title>T</title></channel><item><title>A</title></item></rdf:RDF>",
        FeedFormat.Rdf)]
    [InlineData(
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://my.netscape.com/rdf/simple/0.9/\"><channel><title>T</title></channel><item><title>A</title></item></rdf:RDF>",
        FeedFormat.Rdf)]
    public void Knows_rss_in_all_its_dialects(string document, FeedFormat format)
    {
        var result = Documents.Read(document);

        Assert.Equal((format, "T"), (result.Format, result.Feed.Title));
        Assert.Equal("A", Assert.Single(result.Entries).Title);
    }

    [Fact]
    public void An_rdf_items_name_stands_in_for_its_missing_id()
    {
        var result = Documents.Read("""
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
            <item rdf:about="https://news.example/1"><title>A</title></item></rdf:RDF>
            """);

        var entry = Assert.Single(result.Entries);
        Assert.Equal(("https://news.example/1", "https://news.example/1"), (entry.Id, entry.Link));
    }
}
