using System.Diagnostics.CodeAnalysis;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction;

public sealed class HtmlPreScanTests
{
    [SuppressMessage("Usage", "xUnit1045", Justification = "The cases are named; their text is made.")]
    public static TheoryData<string> Hostile => ["deep", "formatting", "reopened", "paragraphs", "attributes", "one element", "alternating"];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Refuses_what_a_parser_would_not_survive(string name) => Assert.NotNull(HtmlPreScan.Refuse(Make(name)));

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Refusing_is_an_outcome_with_a_reason(string name)
    {
        var article = new ArticleExtractor().Extract(new(System.Text.Encoding.UTF8.GetBytes(Make(name))));

        Assert.Equal(ExtractionOutcome.Refused, article.Outcome);
        Assert.NotNull(article.Reason);
    }

    [Theory]
    [InlineData("<p>One <b>two</b> three</p>")]
    [InlineData("a < b and <<>> <3 </ <!doctype html> <!-- <div <div")]
    [InlineData("<a href='>'>x</a><script>if (a<b) document.write('<div><div>')</script>")]
    [InlineData("<div a=b c d='e' f=\"")]
    [InlineData("")]
    public void Lets_ordinary_and_broken_pages_pass(string html) => Assert.Null(HtmlPreScan.Refuse(html));

    [Fact]
    public void Many_unclosed_paragraphs_and_items_do_not_nest() =>
        Assert.Null(HtmlPreScan.Refuse(string.Concat(Enumerable.Repeat("<p>x<br><li>y<td>z", 5_000))));

    private static string Make(string name) => name switch
    {
        "deep" => Repeat(_ => "<div>", 20_000),
        "formatting" => Repeat(_ => "<a><b>", 20_000),
        "reopened" => Repeat(i => $"<p><font c={i}>x</p>", 3_000),
        "paragraphs" => Repeat(_ => "<p>", 1_000_000),
        "attributes" => Repeat(i => $"<i a b c d e f g h i j k l m n o p></i>", 20_000),
        "one element" => "<div " + Repeat(i => $"a{i}=1 ", 100_000) + ">",
        _ => Repeat(_ => "<section><p><b>x", 2_000),
    };

    private static string Repeat(Func<int, string> part, int count) => string.Concat(Enumerable.Range(0, count).Select(part));
}
