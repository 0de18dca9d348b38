using IngestPipeline.Extraction.Content;
using IngestPipeline.Extraction.Segmentation;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Tests.Extraction.Content;

/// <summary>Tables of data amid the text are kept as wholes, whatever the model says of their cells.</summary>
public sealed class WholeTablesTests
{
    // One paragraph, twelve cells, one paragraph.
    private const string Standings =
        "<p>Before<table><tr><td>Pos<td>Pilot<td>Points<tr><td>1<td>Ann Larsen<td>5040<tr><td>2<td>Bo Berg<td>5035<tr><td>3<td>Kim Vik<td>5001</table><p>After";

    [Fact]
    public void A_table_between_kept_blocks_is_kept() =>
        Assert.Equal(Enumerable.Range(0, 14), With(Standings, kept: [0, 13], cell: -1_500));

    [Fact]
    public void A_table_that_was_kept_in_part_is_made_whole() =>
        Assert.Equal(Enumerable.Range(0, 14), With(Standings, kept: [0, 2, 5, 13], cell: -500));

    [Fact]
    public void Paragraphs_in_its_cells_change_nothing() =>
        Assert.Equal(
            Enumerable.Range(0, 14), With(Standings.Replace("<td>", "<td><p>", StringComparison.Ordinal), kept: [0, 13], cell: -1_500));

    [Fact]
    public void A_heading_over_it_does_not_part_it_from_the_text() =>
        Assert.Equal(
            [0, .. Enumerable.Range(2, 13)],
            With(Standings.Replace("<table>", "<h3>Standings</h3><table>", StringComparison.Ordinal), kept: [0, 14], cell: -1_500));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_note_below_it_does_only_where_nothing_of_it_was_kept(bool isInPart) =>
        Assert.Equal(
            isInPart ? [.. Enumerable.Range(0, 13), 14] : [0, 14],
            With(Standings.Replace("</table>", "</table><p>As of Sunday", StringComparison.Ordinal), kept: isInPart ? [0, 2, 14] : [0, 14], cell: -1_000));

    [Fact]
    public void A_table_that_the_model_is_sure_of_is_not_kept() => Assert.Equal([0, 13], With(Standings, kept: [0, 13], cell: -2_000));

    [Fact]
    public void A_table_before_or_behind_the_text_is_not_kept() => Assert.Equal([0], With(Standings, kept: [0], cell: -1_500));

    [Fact]
    public void A_table_with_other_things_around_it_is_not_kept() =>
        Assert.Equal(
            [0, 15],
            With(Standings.Replace("<table>", "<p>Our pick<p>Buy now<table>", StringComparison.Ordinal), kept: [0, 15], cell: -1_500));

    [Fact]
    public void A_table_of_links_is_not_kept() =>
        Assert.Equal(
            [0, 13],
            With(Standings.Replace("<td>", "<td><a href=\"/x\">", StringComparison.Ordinal), kept: [0, 13], cell: -1_500));

    [Fact]
    public void A_table_of_three_rows_is_not_kept_unless_a_part_was()
    {
        var small = Standings.Replace("<tr><td>2<td>Bo Berg<td>5035", "", StringComparison.Ordinal);

        Assert.Equal([0, 10], With(small, kept: [0, 10], cell: -1_500));
        Assert.Equal(Enumerable.Range(0, 11), With(small, kept: [0, 2, 10], cell: -1_500));
    }

    [Fact]
    public void A_table_that_lays_out_a_page_is_not_kept() =>
        Assert.Equal(
            [0, 17],
            With(Standings.Replace("<td>5035", "<td><p>Home<p>News<p>Sport<p>Weather<p>More", StringComparison.Ordinal), kept: [0, 17], cell: -1_500));

    private static List<int> With(string body, List<int> kept, int cell)
    {
        using var document = TreeParser.Parse(body);
        var layout = PageSegmenter.Segment(document);
        Assert.Equal("After", layout.Blocks[^1].Text);
        return WholeTables.With(layout, kept, [.. layout.Blocks.Select(b => kept.Contains(b.Index) ? 3_000 : cell)]);
    }
}
