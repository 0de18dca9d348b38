using System.Text;
using IngestPipeline.Feeds;
using IngestPipeline.Pipeline.Forgetting;

namespace IngestPipeline.Tests.Pipeline.Forgetting;

public sealed class FeedRedactorTests
{
    private const string Rss = """
        <?xml version="1.0"?><!-- <item>none</item> --><rss version="2.0"><channel><title>T</title>
        <item><title>One</title><link>https://a.example/1</link><description><![CDATA[<item>quoted</item> first]]></description></item>
        <item><title>Two</title><link>https://a.example/2?a=1&amp;b=2</link><description>second</description></item>
        <item><title>Three</title><link>https://a.example/3</link><description>third</description></item></channel></rss>
        """;

    private const string Atom = """
        <feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>urn:1</id><title>One</title><link href="https://a.example/1"/><updated>2026-03-14T00:00:00Z</updated></entry>
        <entry><id>urn:2</id><title>Two</title><link href="https://a.example/2"/><updated>2026-03-14T00:00:00Z</updated><source><title>s</title></source></entry></feed>
        """;

    private const string Rdf = """
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://a.example/"><title>T</title><link>https://a.example/</link>
        <items><rdf:Seq><rdf:li rdf:resource="https://a.example/1"/><rdf:li rdf:resource="https://a.example/2"/></rdf:Seq></items></channel>
        <item rdf:about="https://a.example/1"><title>One</title><link>https://a.example/1</link></item><item rdf:about="https://a.example/2"><title>Two</title><link>https://a.example/2</link></item></rdf:RDF>
        """;

    private const string Json = """{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","url":"https://a.example/1","title":"One","content_text":"first"},{"id":"2","url":"https://a.example/2","title":"Two","content_text":"zweite – 中"}]}""";

    private const string Sitemap = """
        <?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/1</loc></url><url><loc>https://a.example/2</loc></url></urlset>
        """;

    [Theory]
    [InlineData(Rss)]
    [InlineData(Atom)]
    [InlineData(Rdf)]
    [InlineData(Json)]
    [InlineData(Sitemap)]
    [InlineData("https://a.example/1\nhttps://a.example/2\n")]
    public void An_entry_is_cut_out_of_every_format_and_the_others_are_read_as_before(string document)
    {
        var (body, source) = (Encoding.UTF8.GetBytes(document), new FeedSource(new("https://a.example/feed")));
        var entries = new FeedReader().Read(body, source).Entries;
        Assert.True(entries.Count > 1);

        for (var i = 0; i < entries.Count; i++)
        {
            var left = FeedRedactor.Without(body, source, entries, new HashSet<int> { i });

            Assert.NotNull(left);
            Assert.DoesNotContain(entries[i].Link!, Encoding.UTF8.GetString(left), StringComparison.Ordinal);
            Assert.Equal(entries.Where((_, at) => at != i).Select(e => e.Title), new FeedReader().Read(left, source).Entries.Select(e => e.Title));
        }
    }

    [Fact]
    public void Bytes_that_are_not_cut_stay_in_any_charset()
    {
        var body = Encoding.Latin1.GetBytes(
            "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>"
                + Rss.Replace("<?xml version=\"1.0\"?>", "", StringComparison.Ordinal).Replace("third", "dritte Überschrift", StringComparison.Ordinal));
        var source = new FeedSource(new("https://a.example/feed"));

        var left = FeedRedactor.Without(body, source, new FeedReader().Read(body, source).Entries, new HashSet<int> { 0, 1 });

        Assert.Contains("dritte Überschrift", Encoding.Latin1.GetString(left!), StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_in_which_entries_cannot_be_told_apart_is_not_cut()
    {
        var body = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Rss)).ToArray();
        var source = new FeedSource(new("https://a.example/feed"));
        var entries = new FeedReader().Read(body, source).Entries;

        Assert.Equal(3, entries.Count);
        Assert.Null(FeedRedactor.Without(body, source, entries, new HashSet<int> { 1 }));
    }

    [Fact]
    public void Markup_of_any_kind_is_looked_through_to_its_end()
    {
        var random = new Random(7);
        string[] pieces = ["<item>", "</item>", "<item/>", "<entry a='>'>", "</entry>", "<![CDATA[", "]]>", "<!--", "-->", "<", ">", "<?", "?>", "x", "<a:url>", "</a:url>", "\""];
        for (var i = 0; i < FuzzRuns.Of(2_000); i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => pieces[random.Next(pieces.Length)]));
            var found = EntryElements.Find(text);

            Assert.All(found, e => Assert.True(e.Start >= 0 && e.Start < e.End && e.End <= text.Length));
            Assert.Equal(found.OrderBy(e => e.Start), found);
        }
    }
}
