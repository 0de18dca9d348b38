using IngestPipeline.Feeds.Text;

namespace IngestPipeline.Tests.Feeds;

public sealed class FeedLinkTests
{
    private const string Base = "http://a/b/c/d;p?q";

    [Theory]
    // RFC 3986 §5.4.1 and §5.4.2.
    [InlineData("g:h", "g:h")]
    [InlineData("g", "http://a/b/c/g")]
    [InlineData("./g", "http://a/b/c/g")]
    [InlineData("g/", "http://a/b/c/g/")]
    [InlineData("/g", "http://a/g")]
    [InlineData("//g", "http://g")]
    [InlineData("?y", "http://a/b/c/d;p?y")]
    [InlineData("g?y", "http://a/b/c/g?y")]
    [InlineData("#s", "http://a/b/c/d;p?q#s")]
    [InlineData("g#s", "http://a/b/c/g#s")]
    [InlineData("g?y#s", "http://a/b/c/g?y#s")]
    [InlineData(";x", "http://a/b/c/;x")]
    [InlineData("", "http://a/b/c/d;p?q")]
    [InlineData(".", "http://a/b/c/")]
    [InlineData("..", "http://a/b/")]
    [InlineData("../g", "http://a/b/g")]
    [InlineData("../..", "http://a/")]
    [InlineData("../../../g", "http://a/g")]
    [InlineData("/./g", "http://a/g")]
    [InlineData("g.", "http://a/b/c/g.")]
    [InlineData("./g/.", "http://a/b/c/g/")]
    [InlineData("g;x=1/../y", "http://a/b/c/y")]
    [InlineData("g?y/../x", "http://a/b/c/g?y/../x")]
    [InlineData("g#s/../x", "http://a/b/c/g#s/../x")]
    public void Resolves_as_the_standard_says(string reference, string expected) => Assert.Equal(expected, UriReference.Resolve(Base, reference));

    [Theory]
    [InlineData(null, "/x", "/x")]
    [InlineData("/not/absolute", "x", "x")]
    [InlineData("mailto:a@b.example", "x", "x")]
    [InlineData("http://a", "x", "http://a/x")]
    [InlineData("http://a?q", "x", "http://a/x")]
    [InlineData("http://a/ü/", "é?ß", "http://a/ü/é?ß")]
    public void Leaves_what_it_cannot_resolve(string? baseUri, string reference, string expected) =>
        Assert.Equal(expected, UriReference.Resolve(baseUri, reference));

    [Theory]
    [InlineData("<a href=\"x\">x</a>", "<a href=\"http://a/b/x\">x</a>")]
    [InlineData("<A HREF='x' title='href=\"y\"'>", "<A HREF='http://a/b/x' title='href=\"y\"'>")]
    [InlineData("<img src=x.png alt=y>", "<img src=http://a/b/x.png alt=y>")]
    [InlineData("<img src = \" /x \">", "<img src = \"http://a/x\">")]
    [InlineData("<a href=\"http://b/\">x</a> src=\"y\"", "<a href=\"http://b/\">x</a> src=\"y\"")]
    [InlineData("<!-- <a href=\"x\"> --><a href=\"?y=1&amp;z=2\">", "<!-- <a href=\"x\"> --><a href=\"http://a/b/?y=1&amp;z=2\">")]
    [InlineData("<a href=\"mailto:x\"><a href=\"#top\"><a href>", "<a href=\"mailto:x\"><a href=\"http://a/b/#top\"><a href>")]
    [InlineData("1 < 2 and <a href=\"x", "1 < 2 and <a href=\"x")]
    [InlineData("<p data-src='x' class=\"a>b\"><img/src='x'>", "<p data-src='x' class=\"a>b\"><img/src='http://a/b/x'>")]
    public void Makes_addresses_in_html_absolute_and_changes_nothing_else(string html, string expected) =>
        Assert.Equal(expected, HtmlLinks.Resolve(html, "http://a/b/"));

    [Fact]
    public void Resolving_again_changes_nothing()
    {
        var once = HtmlLinks.Resolve("<a href='x'><img src=y><a href='#z'>", "http://a/b/");

        Assert.Same(once, HtmlLinks.Resolve(once, "http://c/"));
    }

    [Fact]
    public void Links_start_from_xml_base_then_the_channels_link_then_content_location_then_the_feeds_address()
    {
        const string item = "<item><link>x</link><description>&lt;a href='y'&gt;</description></item>";

        static string? Link(string document, string? location) =>
            Documents.Read(document, "http://feed.example/f/feed.xml", contentLocation: location).Entries[0] is var e ? $"{e.Link} {e.Summary}" : null;

        Assert.Equal("http://feed.example/f/x <a href='http://feed.example/f/y'>", Link($"<rss><channel>{item}</channel></rss>", null));
        Assert.Equal("http://feed.example/l/x <a href='http://feed.example/l/y'>", Link($"<rss><channel>{item}</channel></rss>", "/l/"));
        Assert.Equal(
            "http://site.example/x <a href='http://site.example/y'>", Link($"<rss><channel><link>http://site.example/</link>{item}</channel></rss>", "/l/"));
        Assert.Equal(
            "http://base.example/x <a href='http://base.example/y'>",
            Link($"<rss xml:base='http://base.example/'><channel><link>http://site.example/</link>{item}</channel></rss>", "/l/"));
    }

    [Fact]
    public void Inner_xml_bases_are_relative_to_outer_ones()
    {
        var entry = Documents.AtomEntry("""
            <entry xml:base="/b/"><link href="x"/><content type="xhtml" xml:base="c/"><div xmlns="http://www.w3.org/1999/xhtml"><a href="y">y</a><p xml:base="http://d.example/"><img src="z"/></p></div></content></entry>
            """, "http://a.example/feed");

        Assert.Equal("http://a.example/b/x", entry.Link);
        Assert.Equal("<a href=\"http://a.example/b/c/y\">y</a><p><img src=\"http://d.example/z\" /></p>", entry.Content);
    }
}
