using IngestPipeline.Extraction.Tree;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction.Metadata;

public sealed class StandfirstAndCreditTests
{
    private const string Sentence = "The storm had closed the harbour for nine days, and the islanders ran out of flour.";

    [Fact]
    public void The_line_below_the_headline_that_the_page_describes_itself_with_is_the_standfirst()
    {
        var metadata = Read(
            $"""<meta property="og:description" content="The storm had closed the harbour for nine days, and the islanders ran out …"><h1>Ferry runs again</h1><p class="deck">{Sentence}</p><p>Ann Larsen stood on the pier.</p>""");

        Assert.Equal(new(Sentence, "visible:standfirst"), metadata.Standfirst);
    }

    [Fact]
    public void A_description_that_the_page_does_not_show_is_the_standfirst_with_linked_data_first()
    {
        var metadata = Read(
            $$"""<meta name="description" content="All about ferries, islands and piers, every day."><script type="application/ld+json">{"@type":"NewsArticle","description":"{{Sentence}}"}</script><h1>Ferry runs again</h1><p>Ann Larsen stood on the pier.</p>""");

        Assert.Equal(new(Sentence, "json-ld:description"), metadata.Standfirst);
    }

    [Theory]
    [InlineData("The storm had closed the harbour for nine days [&hellip;]")]
    [InlineData("Ann Larsen stood on the pier and waited for the")]
    [InlineData("Ferry runs again")]
    [InlineData("Short.")]
    [InlineData("Harbourpost, news from the islands and the piers since 1904")]
    [InlineData("harbourpost.example - all about ferries and islands")]
    public void The_start_of_the_text_a_cut_text_and_the_headline_are_no_standfirst(string description) =>
        Assert.Null(
            Read(
                $"""<meta property="og:description" content="{description}"><h1>Ferry runs again</h1><p>Ann Larsen stood on the pier and waited for the first ferry in nine days, as did half of the island and all of its dogs, and nobody said a word.</p>""").Standfirst);

    [Theory]
    [InlineData("""<p class="byline">By AFP</p>""", "AFP", "AFP")]
    [InlineData(
        """<script type="application/ld+json">{"@type":"NewsArticle","author":{"@type":"Organization","name":"Deutsche Presse-Agentur"}}</script>""",
        "Deutsche Presse-Agentur", "dpa")]
    [InlineData("""<p class="byline">By Harbour Post staff</p>""", "Harbour Post staff", null)]
    public void Agencies_and_desks_are_credited_and_are_no_authors(string byline, string credit, string? agency)
    {
        var metadata = Read("<h1>Ferry runs again after the storm</h1>" + byline);

        Assert.Null(metadata.Authors);
        Assert.Equal([credit], metadata.Credit!.Value);
        Assert.Equal(agency, metadata.Agency?.Value);
    }

    [Fact]
    public void An_author_leaves_no_credit()
    {
        var metadata = Read("""<h1>Ferry runs again after the storm</h1><p class="byline">By Ann Larsen, Reuters</p>""");

        Assert.Equal(["Ann Larsen"], metadata.Authors!.Value);
        Assert.Null(metadata.Credit);
        Assert.Equal("Reuters", metadata.Agency!.Value);
    }

    [Theory]
    [InlineData("""{"@type":"NewsArticle","isAccessibleForFree":false}""", false)]
    [InlineData("""{"@type":"NewsArticle","isAccessibleForFree":"http://schema.org/True"}""", true)]
    [InlineData("""{"@type":"NewsArticle","hasPart":{"@type":"WebPageElement","isAccessibleForFree":"False","cssSelector":".paid"}}""", false)]
    [InlineData("""{"@type":"NewsArticle","hasPart":[{"@type":"WebPageElement","cssSelector":".paid"}]}""", null)]
    public void Reads_whether_the_article_is_free_from_it_and_its_parts(string data, bool? free) =>
        Assert.Equal(free, Read($"""<script type="application/ld+json">{data}</script><h1>Ferry runs again</h1>""").IsFree);

    private static ArticleMetadata Read(string html)
    {
        using var document = TreeParser.Parse("<html><body>" + html + "</body></html>");
        return MetadataReader.Read(document, new("https://www.harbourpost.example/2026/ferry"));
    }
}
