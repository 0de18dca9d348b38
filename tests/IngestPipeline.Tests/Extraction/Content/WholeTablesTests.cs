using IngestPipeline.Extraction.Content;
using IngestPipeline.Extraction.Segmentation;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Tests.Extraction.Content;

/// <summary>Tables of data amid the text are kept as wholes, whatever the model says of their cells.</summary>
public sealed class WholeTablesTests
{
    // One paragraph, nine cells, one paragraph.
    private const string Standings =
        "<p>Before<table><tr><td>Pos<td>Pilot<td>Points<tr><td>1<td>Ann Larsen<td>5040<tr><td>2<td>Bo Berg<td>5035</table><p>After";

    [Fact]
    public void A_table_between_kept_blocks_is_kept() =>
        Assert.Equal(Enumerable.Range(0, 11), With(Standings, kept: [0, 10], cell: -1_500));

    [Fact]
    public void A_table_that_was_kept_in_part_is_made_whole() =>
        Assert.Equal(Enumerable.Range(0, 11), With(Standings, kept: [0, 2, 5, 10], cell: -500));

    [Fact]
    public void Paragraphs_in_its_cells_change_nothing() =>
        Assert.Equal(
            Enumerable.Range(0, 11), With(Standings.Replace("<td>", "<td><p>", StringComparison.Ordinal), kept: [0, 10], cell: -1_500));

    [Fact]
    public void A_heading_over_it_and_a_note_below_it_do_not_part_it_from_the_text() =>
        Assert.Equal(
            [0, .. Enumerable.Range(2, 9), 12],
            With(
                Standings.Replace("<table>", "<h3>Standings</h3><table>", StringComparison.Ordinal).Replace("</table>", "</table><p>As of Sunday", StringComparison.Ordinal),
                kept: [0, 12], cell: -1_500));

    [Fact]
    public void A_table_that_the_model_is_sure_of_is_not_kept() => Assert.Equal([0, 10], With(Standings, kept: [0, 10], cell: -2_000));

    [Fact]
    public void A_table_before_or_behind_the_text_is_not_kept() => Assert.Equal([0], With(Standings, kept: [0], cell: -1_500));

    [Fact]
    public void A_table_with_other_things_around_it_is_not_kept() =>
        Assert.Equal(
            [0, 12],
            With(Standings.Replace("<table>", "<p>Our pick<p>Buy now<table>", StringComparison.Ordinal), kept: [0, 12], cell: -1_500));

    [Fact]
    public void A_table_of_links_is_not_kept() =>
        Assert.Equal(
            [0, 10],
            With(Standings.Replace("<td>", "<td><a href=\"/x\">", StringComparison.Ordinal), kept: [0, 10], cell: -1_500));

    [Fact]
    public void A_table_of_two_rows_is_not_kept() =>
        Assert.Equal([0, 7], With(Standings.Replace("<tr><td>2<td>Bo Berg<td>5035", "", StringComparison.Ordinal), kept: [0, 7], cell: -1_500));

    [Fact]
    public void A_table_that_lays_out_a_page_is_not_kept() =>
        Assert.Equal(
            [0, 14],
            With(Standings.Replace("<td>5035", "<td><p>Home<p>News<p>Sport<p>Weather<p>More", StringComparison.Ordinal), kept: [0, 14], cell: -1_500));

    private static List<int> With(string body, List<int> kept, int cell)
    {
        using var document = TreeParser.Parse(body);
        var layout = PageSegmenter.Segment(document);
        Assert.Equal("After", layout.Blocks[^1].Text);
        return WholeTables.With(layout, kept, [.. layout.Blocks.Select(b => kept.Contains(b.Index) ? 3_000 : cell)]);
    }
}
