using System.Text;
using System.Text.Json;
using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction;

/// <summary>
/// Pages as somebody marks and pastes them: menus, appeals and lists of headlines between an article's lines, and no markup. <c>Fixtures/copies/truth.json</c>
/// says of each what must stand in its text and which lines must not.
/// </summary>
public sealed class CopiedPagesTests
{
    private static readonly ArticleExtractor Extractor = new();

    private static readonly IReadOnlyDictionary<string, Truth> Truths =
        JsonSerializer.Deserialize<Dictionary<string, Truth>>(File.ReadAllBytes(Fixture("truth.json")), JsonSerializerOptions.Web)!;

    public static TheoryData<string> Names => [.. Truths.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Keeps_the_articles_paragraphs_and_none_of_the_pages_other_lines(string name)
    {
        var kept = Extract(name).Blocks.Where(b => b.InText).Select(b => b.Text).ToList();

        Assert.Equal(Truths[name].With.Select(Folded), kept.Intersect(Truths[name].With.Select(Folded)));
        Assert.Empty(kept.Intersect(Truths[name].Without.Select(Folded)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Reads_headline_byline_and_date(string name)
    {
        var metadata = Extract(name).Metadata;

        Assert.Equal(Truths[name].Title, metadata.Title?.Value);
        Assert.Equal(Truths[name].Authors, metadata.Authors?.Value ?? []);
        Assert.Equal(Truths[name].Date, metadata.Published?.Value.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Says_of_every_line_what_became_of_it(string name)
    {
        var article = Extract(name);

        var told = article.Blocks.Select(b => b.Text).Concat(article.Removed.Select(r => r.Text)).ToHashSet(StringComparer.Ordinal);
        Assert.All(
            File.ReadLines(Fixture(name + ".txt")).Select(Folded).Where(l => l.Length > 0),
            line => Assert.Contains(told, t => t.Contains(line, StringComparison.Ordinal)));
        Assert.All(article.Removed, r => Assert.NotEmpty(r.Reason));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Cleaning_what_came_out_changes_nothing(string name)
    {
        var once = Extract(name).Text;

        Assert.Equal(once, Extractor.Extract(new(Encoding.UTF8.GetBytes(once), IsPlainText: true)).Text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Empty_lines_between_all_lines_or_none_lose_no_paragraph(string name)
    {
        var lines = File.ReadLines(Fixture(name + ".txt")).Where(l => !string.IsNullOrWhiteSpace(l)).ToList();
        foreach (var between in new[] { "\n", "\n\n" })
        {
            var text = Extractor.Extract(new(Encoding.UTF8.GetBytes(string.Join(between, lines)), IsPlainText: true)).Text;

            Assert.All(Truths[name].With, paragraph => Assert.Contains(Folded(paragraph), text, StringComparison.Ordinal));
        }
    }

    private static ExtractedArticle Extract(string name) => Extractor.Extract(new(File.ReadAllBytes(Fixture(name + ".txt")), IsPlainText: true));

    private static string Folded(string line) => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Fixture(string name) => Path.Combine(RepositoryRoot.Path, "tests", "IngestPipeline.Tests", "Extraction", "Fixtures", "copies", name);

    private sealed record Truth(string? Title, string[] Authors, string? Date, string[] With, string[] Without);
}
