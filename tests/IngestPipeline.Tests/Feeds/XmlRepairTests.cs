using System.Text;
using IngestPipeline.Feeds;

namespace IngestPipeline.Tests.Feeds;

/// <summary>What is wrong with XML out there, and what is made of it.</summary>
public sealed class XmlRepairTests
{
    [Theory]
    [InlineData("<title>a &nbsp;b &hellip;</title>", "a \u00A0b …", "HTML entities that the document does not declare were resolved")]
    [InlineData("<title>Q & A</title>", "Q & A", "a bare & or an unknown entity stands in text")]
    [InlineData("<title>a &madeup; b</title>", "a &madeup; b", "a bare & or an unknown entity stands in text")]
    [InlineData("<title>1 < 2</title>", "1 < 2", "a bare < stands in text")]
    [InlineData("<title>a\u0001b</title>", "ab", "characters that XML forbids were dropped")]
    [InlineData("<title>a&#1;b&#xD800;c</title>", "abc", "references to characters that XML forbids were dropped")]
    [InlineData("<title>a&#65 b</title>", "aA b", "a numeric reference is not well formed")]
    [InlineData("<title>a ]]> b</title>", "a ]]> b", "]]> stands in text")]
    [InlineData("<title>a</title lang='x'>", "a", "an end tag holds more than its name")]
    [InlineData("<title>a</Title>", "a", "a start and an end tag differ in case")]
    [InlineData("<title>a</b></title>", "a", "an end tag without a start tag was dropped")]
    [InlineData("<unknown:x>1</unknown:x><title>a</title>", "a", "a prefix is not declared")]
    [InlineData("<link href=x/><title>a</title>", "a", "an attribute's value is not quoted")]
    [InlineData("<enclosure url=\"a\" url=\"b\"/><title>a</title>", "a", "an attribute occurs twice; the first was taken")]
    [InlineData("<enclosure url=\"a\"type=\"b\"/><title>a</title>", "a", "attributes are not separated by white space")]
    [InlineData("<!-- a -- b --><title>a</title>", "a", "-- stands in a comment")]
    [InlineData("<?xml version=\"1.0\"?><title>a</title>", "a", "the XML declaration is not at the document's start")]
    [InlineData("<enclosure url=\"x><title>a</title>", "a", "an attribute's quote was not closed")]
    public void Mends_ill_formed_xml_and_says_so(string item, string title, string repair)
    {
        var result = Documents.ReadItem(item);

        Assert.Equal(title, Assert.Single(result.Entries).Title);
        Assert.False(result.WellFormed);
        Assert.Contains(repair, result.Repairs);
        Assert.Null(result.Error);
    }

    [Theory]
    [InlineData("<title>a &amp; b</title>")]
    [InlineData("<title><![CDATA[ <b> & ]]></title>")]
    [InlineData("<title>a &#x26; &#38; &lt;</title>")]
    [InlineData("<title a='>' b=\"'\">t</title>")]
    [InlineData("<title\n a = '1' >t</title >")]
    [InlineData("<!-- - a -><title>t</title>-->")]
    [InlineData("<?php echo '?' ?><title>t</title>")]
    [InlineData("<t:x xmlns:t='urn:t' t:y='1'/>")]
    [InlineData("<été/>")]
    public void Well_formed_xml_needs_no_repair(string item)
    {
        var result = Documents.ReadItem(item);

        Assert.Empty(result.Repairs);
        Assert.True(result.WellFormed);
    }

    [Theory]
    [InlineData("<rss><channel><item><title>A</title></item><item><title>B</title><link>x")]
    [InlineData("<rss><channel><item><title>A</title></item><item><title>B")]
    [InlineData("<rss><channel><item><title>A</title></item><item><title>B</title><link href=\"")]
    [InlineData("<rss><channel><item><title>A</title></item><item><title>B</title><!-- ")]
    [InlineData("<rss><channel><item><title>A</title></item><item><title>B</title><link><![CDATA[x")]
    [InlineData("<rss><channel><item><title>A</title></item><item><title>B</title></item></cha")]
    public void A_cut_document_keeps_its_entries_and_says_where_it_ends(string document)
    {
        var result = Documents.Read(document);

        Assert.Equal(["A", "B"], result.Entries.Select(e => e.Title));
        Assert.False(result.WellFormed);
        Assert.StartsWith("the document ends", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<title>t</title>")]
    public void A_long_instruction_without_an_end_takes_the_rest_of_the_document(string behind)
    {
        // A script's source that a server sent as it is: it need not be closed.
        var result = Documents.Read("<rss><channel><title>T</title><?php if ($a -> b) { " + new string('x', 2_000) + behind);
        Assert.Equal("T", result.Feed?.Title);
        Assert.Contains("the document ends inside a processing instruction", result.Repairs);
        Assert.False(FeedSniffer.LooksLikeFeed(System.Text.Encoding.ASCII.GetBytes("<?php if ($a -> b) { " + new string('x', 2_000))));
    }

    [Fact]
    public void An_item_that_is_never_closed_ends_where_the_next_begins()
    {
        var result = Documents.Read("<rss><channel><item><title>A</title><item><title>B</title></item></channel></rss>");

        Assert.Equal(["A", "B"], result.Entries.Select(e => e.Title));
        Assert.False(result.WellFormed);
    }

    [Fact]
    public void Entries_nested_in_entries_are_told_apart()
    {
        var result = Documents.Read("<rss><channel><item><title>A</title><item><title>B</title></item></item></channel></rss>");

        Assert.Equal(["A", "B"], result.Entries.Select(e => e.Title));
        Assert.True(result.WellFormed);
    }

    [Theory]
    [InlineData("\n\n")]
    [InlineData("\uFEFF\uFEFF ")]
    [InlineData("junk before ")]
    [InlineData("<!-- comment -->")]
    public void Content_before_the_declaration_is_passed_over(string before)
    {
        var result = Documents.Read(before + "<?xml version=\"1.0\"?><rss><channel><title>T</title></channel></rss>");

        Assert.Equal("T", result.Feed.Title);
        Assert.False(result.WellFormed);
    }

    [Fact]
    public void Junk_after_the_document_does_no_harm()
    {
        var result = Documents.Read("<rss><channel><title>T</title></channel></rss><script>x</script> junk");

        Assert.Equal("T", result.Feed.Title);
        Assert.Contains("there is more than one document element", result.Repairs);
    }

    [Fact]
    public void Undeclared_prefixes_mean_what_they_usually_mean()
    {
        var entry = Assert.Single(
            Documents.Read("<rss><channel><item><dc:creator>Mara</dc:creator><content:encoded>x</content:encoded></item></channel></rss>").Entries);

        Assert.Equal(["Mara"], entry.Authors);
        Assert.Equal("x", entry.Content);
    }

    [Fact]
    public void Xml_1_1_is_read_as_1_0() =>
        Assert.Contains("XML 1.1 was read as XML 1.0", Documents.Read("<?xml version=\"1.1\"?><rss><channel/></rss>").Repairs);

    [Theory]
    [InlineData("<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://127.0.0.1:1/rss-0.91.dtd\">", "&euro;", "€")]
    [InlineData("<!DOCTYPE rss [<!ENTITY shop \"Corner & Co\"><!ENTITY corner \"Corner\">]>", "&corner;", "Corner")]
    [InlineData("<!DOCTYPE rss [<!ENTITY nb \"&#233;\"><!-- <!ENTITY x \"]>\"> -->]>", "&nb;", "é")]
    [InlineData("<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>", "&x;", "&x;")]
    [InlineData("<!DOCTYPE rss [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/\"> %p;]>", "a", "a")]
    [InlineData("<!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY c \"&b;&b;\">]>", "&c;", "&c;")]
    [InlineData("<!DOCTYPE rss [<!ENTITY m \"<b>x</b>\">]>", "&m;", "&m;")]
    public void Document_types_are_skipped_and_only_plain_entities_resolved(string documentType, string text, string expected)
    {
        var result = Documents.Read($"<?xml version=\"1.0\"?>{documentType}<rss><channel><title>{text}</title></channel></rss>");

        Assert.Equal(expected, result.Feed.Title);
    }

    [Fact]
    public async Task What_a_document_type_names_elsewhere_is_never_asked_for()
    {
        await using var server = Fetching.RawServer.Of("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var at = server.Url("/x.dtd");

        Documents.Read(
            $"<!DOCTYPE rss PUBLIC \"x\" \"{at}\" [<!ENTITY e SYSTEM \"{at}\"><!ENTITY % p SYSTEM \"{at}\"> %p;]><rss><channel><title>&e;</title></channel></rss>");
        Documents.Read($"<?xml-stylesheet href=\"{at}\"?><rss xmlns:i=\"http://www.w3.org/2001/XInclude\"><channel><i:include href=\"{at}\"/></channel></rss>");

        // Whoever was asked before is known to have been asked by now.
        using var http = new HttpClient();
        using var last = await http.GetAsync(server.Url("/last"));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public void Entities_cannot_blow_a_document_up()
    {
        var laughs = new StringBuilder("<!DOCTYPE rss [<!ENTITY l0 \"lol\">");
        for (var i = 1; i < 30; i++)
            laughs.Append(System.Globalization.CultureInfo.InvariantCulture, $"<!ENTITY l{i} \"{string.Concat(Enumerable.Repeat($"&l{i - 1};", 10))}\">");
        var quadratic = $"<!DOCTYPE rss [<!ENTITY a \"{new string('x', 100_000)}\">]>";

        Assert.Equal("&l29;", Documents.Read(laughs + "]><rss><channel><title>&l29;</title></channel></rss>").Feed.Title);
        Assert.Equal("&a;&a;", Documents.Read(quadratic + "<rss><channel><title>&a;&a;</title></channel></rss>").Feed.Title);
    }

    [Fact]
    public void Elements_nested_without_end_are_dropped_and_the_rest_is_read()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000)) + "x" + string.Concat(Enumerable.Repeat("</a>", 100_000));

        var result = Documents.ReadItem($"{deep}<title>A</title>");

        Assert.Equal("A", Assert.Single(result.Entries).Title);
        Assert.Contains("elements nested deeper than 256 were dropped", result.Repairs);
        Assert.True(result.WellFormed);
    }

    [Fact]
    public void Tags_and_attributes_without_end_are_cut()
    {
        var many = string.Concat(Enumerable.Range(0, 300_000).Select(i => $" a{i}='x'"));
        var longOne = new string('x', 9_000_000);

        var result = Documents.ReadItem($"<x{many}/><enclosure url='{longOne}'/><title>A</title>");

        Assert.Equal("A", Assert.Single(result.Entries).Title);
        Assert.Contains("a tag longer than 262144 characters was cut", result.Repairs);
    }

    [Fact]
    public void Namespaces_without_end_are_cut()
    {
        var result = Documents.ReadItem($"<x {string.Concat(Enumerable.Range(0, 5_000).Select(i => $" xmlns:p{i}='u'"))}><title>A</title></x>");

        Assert.Equal("A", Assert.Single(result.Entries).Title);
    }

    [Fact]
    public void Text_that_was_encoded_twice_is_mended_and_said()
    {
        var result = Documents.Channel("<title>Ren\u00C3\u00A9 \u00E2\u20AC\u201C caf\u00C3\u00A9</title>");

        Assert.Equal("René – café", result.Feed.Title);
        Assert.Contains("text that was UTF-8 encoded twice was mended", result.Repairs);
        Assert.Equal("São Â", Documents.Channel("<title>São Â</title>").Feed.Title);
    }
}
