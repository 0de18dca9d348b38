using IngestPipeline.Extraction.StructuredData;

namespace IngestPipeline.Tests.Extraction.StructuredData;

public sealed class LinkedDataTests
{
    [Fact]
    public void Finds_articles_in_graphs_lists_and_main_entities()
    {
        var things = Read(
            """{"@context":"https://schema.org","@graph":[{"@type":"WebPage","name":"Page"},{"@type":"schema:NewsArticle","headline":"In a graph"}]}""",
            """[{"@type":["Article","http://schema.org/ReportageNewsArticle"],"headline":"In a list"}]""",
            """{"@type":"WebPage","mainEntity":{"@type":"BlogPosting","headline":"Main entity"}}""");

        Assert.Equal(["In a graph", "In a list", "Main entity"], things.Select(t => t.Text("headline")).OfType<string>());
        Assert.Equal(["Article", "ReportageNewsArticle"], things.Single(t => t.Text("headline") == "In a list").Types);
    }

    [Fact]
    public void Follows_references_between_things()
    {
        var things = Read(
            """{"@graph":[{"@type":"Article","author":{"@id":"#/ann"}},{"@type":"Person","@id":"#/ann","name":"Ann Larsen","image":"a.jpg"}]}""");

        Assert.Equal("Ann Larsen", things[0].Things("author").Single().Text("name"));
    }

    [Fact]
    public void Reads_a_script_that_was_escaped_as_html() =>
        Assert.Equal("Rain & wind", Read("{&quot;headline&quot;: &quot;Rain &amp;amp; wind&quot;}").Single().Text("headline"));

    [Theory]
    [InlineData("Rain &amp;amp; wind", "Rain & wind")]
    [InlineData("  <em>Rain</em>\n and <b>wind</b> ", "Rain and wind")]
    [InlineData("a < b and c > d", "a < b and c > d")]
    [InlineData("cut <a href='x", "cut <a href='x")]
    [InlineData("so\u00adft\u200b", "soft")]
    public void Values_become_one_plain_line(string value, string expected) => Assert.Equal(expected, HtmlFragment.Line(value));

    [Fact]
    public void Body_keeps_its_paragraphs() =>
        Assert.Equal("One.\nTwo two.\nThree.", HtmlFragment.Paragraphs("<p>One.</p><p>Two <i>two</i>.</p>\r\n\r\nThree."));

    private static IReadOnlyList<SchemaThing> Read(params string[] scripts) => LinkedData.Read(scripts.Select(s => s.AsMemory()));
}
