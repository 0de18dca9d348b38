using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction;

public sealed class NameTableTests
{
    [Fact]
    public void What_was_read_before_changes_no_answer()
    {
        // Four places for hundreds of values: nearly every one takes another's place.
        var (small, random) = (new NameTable(2), new Random(5));
        string[] words = ["author", "byline", "article-body", "nav", "x", "teaser3", "Überschrift", "post-date", "", new('a', 300)];
        for (var n = 0; n < 2_000; n++)
        {
            var value = string.Join(' ', Enumerable.Range(0, random.Next(4)).Select(_ => words[random.Next(words.Length)]));
            var (expected, actual) = (NameFacts.Read(value), small.Of(value));
            Assert.Equal((expected.Cues, expected.Kinds, expected.IsFurniture), (actual.Cues, actual.Kinds, actual.IsFurniture));
            Assert.Equal(value.Length == 0 ? 0 : expected.Style, actual.Style);
        }
    }

    [Fact]
    public void A_value_is_remembered()
    {
        var table = new NameTable(NameTable.OfPage);
        Assert.Same(table.Of("article-body"), table.Of("article-body"));
    }
}
