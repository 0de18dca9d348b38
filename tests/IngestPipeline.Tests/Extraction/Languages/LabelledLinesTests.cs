using IngestPipeline.Extraction.Languages;

namespace IngestPipeline.Tests.Extraction.Languages;

/// <summary>A sentence and a headline in sixty languages: a sentence must be told, a headline never as another language's.</summary>
public sealed class LabelledLinesTests
{
    private static readonly (string Tag, string Sentence, string Headline)[] Lines =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Extraction", "Languages", "Fixtures", "labelled-lines.txt"))
            .Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split('|', StringSplitOptions.TrimEntries))
            .Select(p => (p[0], p[1], p[2])),
    ];

    [Fact]
    public void There_are_thirty_languages_or_more() => Assert.True(Lines.Select(l => l.Tag).Distinct().Count() >= 30);

    [Fact]
    public void Sentences_are_told_and_none_wrongly() =>
        Assert.Equal(Lines.Select(l => l.Tag), Lines.Select(l => LanguageDetector.Detect(l.Sentence)));

    [Fact]
    public void Headlines_are_told_or_none_is_claimed()
    {
        var found = Lines.Select(l => (l.Tag, Found: LanguageDetector.Detect(l.Headline))).ToList();

        Assert.DoesNotContain(found, l => l.Found is not null && l.Found != l.Tag);
        Assert.True(found.Count(l => l.Found is null) <= Lines.Length / 10, string.Join(' ', found.Where(l => l.Found is null).Select(l => l.Tag)));
    }
}
