using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Content;

namespace IngestPipeline.Tests.Extraction.Content;

/// <summary>Lines behind the last paragraph that say who wrote the article.</summary>
public sealed class EndLinesTests
{
    private const string First = "The ferry was late because the harbour had been closed since the storm.";
    private const string Last = "Until then the timetable stays as it is: two crossings a day, if the wind allows.";

    [Theory]
    [InlineData("— Ann Larsen")]
    [InlineData("Ann Larsen")]
    [InlineData("Ann Larsen teaches marine law at the University of the Isles.")]
    [InlineData("Ann Larsen is a retired harbour master and the author of “Low Water”.")]
    [InlineData("• Ann Larsen, a former pilot, is president of the harbour club.")]
    [InlineData("Ann Larsen, Jahrgang 1979, ist gern am Meer.")]
    public void Go_where_the_page_names_their_author(string line) =>
        Assert.Equal([First, Last], Left(["Ann Larsen"], First, Last, line));

    [Theory]
    [InlineData("– Bo Berg")]
    [InlineData("(佐藤花子)")]
    public void A_name_alone_goes_though_nobody_is_named(string line) =>
        Assert.Equal([First, Last], Left([], First, Last, line));

    [Theory]
    [InlineData("Ann Larsen waited until noon, and then she went home.")]
    [InlineData("Bo Berg teaches marine law at the University of the Isles.")]
    [InlineData("– And then it rained.")]
    public void What_tells_a_story_stays(string line) =>
        Assert.Equal([First, Last, line], Left(["Ann Larsen"], First, Last, line));

    [Fact]
    public void Whose_words_were_quoted_stays_behind_them() =>
        Assert.Equal([First, "“The sea is never full.”", "– Bo Berg"], Left([], First, "“The sea is never full.”", "– Bo Berg"));

    [Fact]
    public void Whom_the_headline_speaks_of_stays() =>
        Assert.Equal(
            [First, Last, "Ann Larsen is survived by her dogs."],
            Headed(["Ann Larsen"], "Ann Larsen, 1941–2026", First, Last, "Ann Larsen is survived by her dogs."));

    [Fact]
    public void Before_the_last_paragraphs_all_stays() =>
        Assert.Equal(
            ["Ann Larsen is a pilot.", First, Last, "Low tide is at nine."],
            Left(["Ann Larsen"], "Ann Larsen is a pilot.", First, Last, "Low tide is at nine."));

    private static string[] Left(string[] authors, params string[] lines) => Headed(authors, "The harbour that learned to wait", lines);

    private static string[] Headed(string[] authors, string title, params string[] lines)
    {
        var items = lines.Select(l => new StripItem(new(BlockKind.Paragraph, l))).ToArray();
        EndLines.Strip(items, new(new() { Title = new(title, "title"), Authors = authors.Length == 0 ? null : new(authors, "meta:author") }));
        return [.. items.Where(i => i.InText).Select(i => i.Kept!.Text)];
    }
}
