using IngestPipeline.Feeds;

namespace IngestPipeline.Tests.Feeds;

public sealed class AtomTests
{
    [Fact]
    public void Reads_an_entry_with_all_its_fields()
    {
        var entry = Documents.AtomEntry("""
            <entry><title>Storm</title><id>tag:news.example,2026:1</id><link href="https://news.example/1"/>
            <published>2026-02-03T07:15:00Z</published><updated>2026-02-03T08:00:00+01:00</updated><author><name>Mara Lind</name></author>
            <category term="weather" label="Weather"/><summary>Short.</summary><content type="html">&lt;p&gt;Long.&lt;/p&gt;</content>
            <link rel="enclosure" href="https://news.example/1.mp3" type="audio/mpeg" length="9"/></entry>
            """);

        Assert.Equal(("Storm", "tag:news.example,2026:1", "https://news.example/1"), (entry.Title, entry.Id, entry.Link));
        Assert.Equal(new DateTimeOffset(2026, 2, 3, 7, 15, 0, TimeSpan.Zero), entry.Published);
        Assert.Equal(new DateTimeOffset(2026, 2, 3, 7, 0, 0, TimeSpan.Zero), entry.Updated);
        Assert.Equal(["Mara Lind"], entry.Authors);
        Assert.Equal(["weather"], entry.Categories);
        Assert.Equal(("Short.", "<p>Long.</p>"), (entry.Summary, entry.Content));
        Assert.Equal([new FeedEnclosure("https://news.example/1.mp3", "audio/mpeg", "9")], entry.Enclosures);
    }

    [Theory]
    [InlineData("<title>1 &lt; 2</title>", "1 < 2")]
    [InlineData("<title type=\"html\">AT&amp;amp;T &lt;b>wins&lt;/b></title>", "AT&amp;T <b>wins</b>")]
    [InlineData("<title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">A &amp; <b>B</b></div></title>", "A &amp; <b>B</b>")]
    [InlineData("<title type=\"xhtml\"><h:div xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:b>B</h:b></h:div></title>", "<b>B</b>")]
    [InlineData("<title type=\"html\"><div>Bold &lt;b>x&lt;/b></div></title>", "Bold <b>x</b>")]
    [InlineData("<title mode=\"base64\">PGI+QjwvYj4=</title>", "<b>B</b>")]
    [InlineData("<title mode=\"base64\">not base64!</title>", "not base64!")]
    [InlineData("<title type=\"text/html\" mode=\"escaped\">&lt;b>B&lt;/b></title>", "<b>B</b>")]
    public void Reads_text_constructs_by_their_type(string title, string expected) =>
        Assert.Equal(expected, Documents.AtomEntry($"<entry>{title}</entry>").Title);

    [Theory]
    [InlineData("<link rel=\"self\" href=\"https://a.example/self\"/><link href=\"https://a.example/1\"/>", "https://a.example/1")]
    [InlineData(
        "<link rel=\"alternate\" type=\"application/pdf\" href=\"https://a.example/pdf\"/><link rel=\"alternate\" type=\"text/html\" href=\"https://a.example/1\"/>",
        "https://a.example/1")]
    [InlineData("<link rel=\"http://www.iana.org/assignments/relation/alternate\" href=\"https://a.example/1\"/>", "https://a.example/1")]
    [InlineData("<link rel=\"ALTERNATE\" href=\"https://a.example/2\"/><link rel=\"alternate\" href=\"https://a.example/1\"/>", "https://a.example/1")]
    [InlineData("<link rel=\"related\" href=\"https://a.example/2\"/>", null)]
    [InlineData("<link>https://a.example/1</link>", "https://a.example/1")]
    [InlineData("<content src=\"https://a.example/1\"/>", "https://a.example/1")]
    [InlineData("<content src=\"https://a.example/2\"/><link href=\"https://a.example/1\"/>", "https://a.example/1")]
    public void Chooses_the_entrys_link_by_relation_and_type(string links, string? expected) =>
        Assert.Equal(expected, Documents.AtomEntry($"<entry>{links}</entry>").Link);

    [Fact]
    public void The_source_feed_lends_its_author_and_nothing_else()
    {
        var entry =
            Documents.AtomEntry("<entry><source><title>Other</title><id>o</id><author><name>Ann</name></author></source><id>e</id><title>Own</title></entry>");

        Assert.Equal(("Own", "e"), (entry.Title, entry.Id));
        Assert.Equal(["Ann"], entry.Authors);
    }

    [Fact]
    public void Reads_atom_0_3()
    {
        var result = Documents.Read("""
            <feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="en"><title>T</title><modified>2004-01-02T00:00:00Z</modified>
            <entry><title>A</title><issued>2004-01-01T00:00:00Z</issued><modified>2004-01-02T00:00:00Z</modified></entry></feed>
            """);

        Assert.Equal(("T", "en"), (result.Feed.Title, result.Feed.Language));
        Assert.Equal(2, result.Feed.Updated!.Value.Day);
        Assert.Equal((1, 2), (result.Entries[0].Published!.Value.Day, result.Entries[0].Updated!.Value.Day));
    }

    [Theory]
    [InlineData("<feed><entry><title>A</title></entry></feed>")]
    [InlineData("<feed xmlns=\"http://nobody.example/\"><entry><title>A</title></entry></feed>")]
    [InlineData("<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\"><a:entry><a:title>A</a:title></a:entry></a:feed>")]
    [InlineData("<entry xmlns=\"http://www.w3.org/2005/Atom\"><title>A</title></entry>")]
    public void Knows_atom_by_its_document_element(string document)
    {
        var result = Documents.Read(document);

        Assert.Equal(FeedFormat.Atom, result.Format);
        Assert.Equal("A", Assert.Single(result.Entries).Title);
    }

    [Fact]
    public void Names_the_next_page_and_the_hub()
    {
        var feed = Documents.Read("""
            <feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/2"/><link rel="hub" href="https://hub.example/"/></feed>
            """, "https://a.example/feed").Feed;

        Assert.Equal(("https://a.example/2", "https://hub.example/"), (feed.NextPage, feed.Hub));
    }

    [Fact]
    public void An_archive_that_does_not_change_comes_before_a_page_that_shifts()
    {
        var feed = Documents.Read("""
            <feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/feed?page=2"/><link rel="prev-archive" href="/2026/03"/></feed>
            """, "https://a.example/feed").Feed;

        Assert.Equal("https://a.example/2026/03", feed.Earlier?.AbsoluteUri);
    }

    [Fact]
    public void An_earlier_document_is_asked_for_over_http_only()
    {
        var feed = Documents.Read("""
            <feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="file:///etc/passwd"/></feed>
            """, "https://a.example/feed").Feed;

        Assert.Null(feed.Earlier);
    }
}
