using System.Text;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction;

public sealed class PlainTextMetadataTests
{
    private const string Body = "The town council of Port Alden adopted a budget of 48.2 million on Friday night, after six hours of debate and by a single vote.\n\nThe largest new item is the sea wall, to be built between the fish market and the old mill by the end of next year.";

    [Fact]
    public void Takes_a_first_line_that_is_no_sentence_for_the_headline()
    {
        var article = Extract("Council adopts budget with a sea wall\n\n" + Body);

        Assert.Equal("Council adopts budget with a sea wall", article.Metadata.Title!.Value);
        Assert.Equal("en", article.Metadata.Language!.Value);
    }

    [Fact]
    public void Takes_no_first_paragraph_for_a_headline() => Assert.Null(Extract(Body).Metadata.Title);

    [Fact]
    public void Reads_the_date_of_a_line_that_was_stripped_under_the_headline()
    {
        var article = Extract(
            "Council adopts budget with a sea wall\nCoast, News March 14, 2026 No Comments on Council adopts budget with a sea wall 5 minute read\n" + Body);

        Assert.Equal("2026-03-14", article.Metadata.Published!.Value.ToString());
        Assert.DoesNotContain("No Comments", article.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_agency_and_place_of_the_dateline() =>
        Assert.Equal(
            ("Reuters", "AMMAN"),
            Extract("AMMAN, Dec 2 (Reuters) - " + Body).Metadata is var m ? (m.Agency?.Value, m.DatelinePlace?.Value.ToUpperInvariant()) : default);

    [Theory]
    [InlineData("Ann Larsen, Parliamentary editor", "Ann Larsen")]
    [InlineData("Ann Larsen Wellness Writer", "Ann Larsen")]
    [InlineData("Ann Larsen @annlarsen", "Ann Larsen")]
    [InlineData("Ann Larsen Reuters", "Ann Larsen")]
    [InlineData("Ann Larsen and Bo Berg 2 May 2024", "Ann Larsen, Bo Berg")]
    [InlineData("Ann Larsen 3 months", "Ann Larsen")]
    [InlineData("Ann Larsen and our reporter Bo Berg 2 May 2024", "Ann Larsen, Bo Berg")]
    [InlineData("Port Alden Harbour", "")]
    [InlineData("Share This 12", "")]
    [InlineData("Council Chamber in Port Alden", "")]
    public void A_line_below_the_headline_is_signed_where_what_follows_the_name_says_so(string line, string names) =>
        Assert.Equal(names, string.Join(", ", Extract($"Sea wall is coming, says the budget\n\n{line}\n\n" + Body).Metadata.Authors?.Value ?? []));

    [Fact]
    public void A_place_behind_a_name_wants_a_day_in_the_line_below() =>
        Assert.Equal(
            ["Ann Larsen"],
            Extract("Sea wall is coming, says the budget\n\nAnn Larsen in Port Bjorn\nFri 22 Dec 2023 17.47 CET\n\n" + Body).Metadata.Authors?.Value);

    [Fact]
    public void A_byline_behind_standfirst_and_buttons_is_read()
    {
        var article = Extract(
            "Sea wall is coming, says the budget\n\nThe council voted through the night, and the mill will be pulled down before the winter comes to the coast again, it says.\n\nExpand\n\nThe old mill\n\nBy Ann Larsen\n2 May 2024\n\n"
                + Body);

        Assert.Equal(["Ann Larsen"], article.Metadata.Authors?.Value);
    }

    private static ExtractedArticle Extract(string text) => new ArticleExtractor().Extract(new(Encoding.UTF8.GetBytes(text), IsPlainText: true));
}
