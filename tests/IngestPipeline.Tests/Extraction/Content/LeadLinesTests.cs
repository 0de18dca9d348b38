using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Content;

namespace IngestPipeline.Tests.Extraction.Content;

/// <summary>Lines before the first paragraph that date or sign the article.</summary>
public sealed class LeadLinesTests
{
    private const string Paragraph =
        "The ferry was late because the harbour had been closed since the storm, and nobody knew when it would open again for the boats that wait outside.";

    [Theory]
    [InlineData("Lugo, 02 abr 2026 - 09:15 CEST")]
    [InlineData("quinta-feira, 2 abr. 2026")]
    [InlineData("2. huhtikuuta 2026")]
    [InlineData("2026 m. balandžio 2 d. 09:15")]
    [InlineData("發佈時間:2026/04/02 09:15 最後更新:2026/04/03")]
    [InlineData("2 kwietnia 2026, 9:15 • Aktualizacja: 3 kwietnia 2026, 7:00")]
    [InlineData("Ein Interview von Ann Larsen")]
    [InlineData("Texto: Ann Larsen | Fotografía: Pablo Soto")]
    [InlineData("Ann Larsen, corresponsal en Lugo")]
    [InlineData("Ann Larsen · 2 Apr 2026")]
    public void Dates_and_signatures_before_the_first_paragraph_go(string line) =>
        Assert.Equal([Paragraph], Left(line, Paragraph));

    [Theory]
    [InlineData("On 2 April 2026 the harbour wall gave way")]
    [InlineData("Ann Larsen spent a winter with the people who wait for the boat")]
    [InlineData("Was the wall too low?")]
    public void What_says_more_stays(string line) =>
        Assert.Equal([line, Paragraph], Left(line, Paragraph));

    [Fact]
    public void Behind_the_first_paragraph_all_stays() =>
        Assert.Equal([Paragraph, "Ann Larsen", "2 April 2026"], Left(Paragraph, "Ann Larsen", "2 April 2026"));

    [Fact]
    public void A_text_without_a_paragraph_is_left_alone() =>
        Assert.Equal(["2 April 2026", "Low tide at nine"], Left("2 April 2026", "Low tide at nine"));

    private static string[] Left(params string[] lines)
    {
        var items = lines.Select(l => new StripItem(new(BlockKind.Paragraph, l))).ToArray();
        LeadLines.Strip(items, ["Ann Larsen"]);
        return [.. items.Where(i => i.InText).Select(i => i.Kept!.Text)];
    }
}
