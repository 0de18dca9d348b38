using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction;

public sealed class NameTableTests
{
    [Fact]
    public void What_was_read_before_changes_no_answer()
    {
        // More values than places: many take another's.
        var (table, random) = (new NameTable(), new Random(5));
        string[] words = ["author", "byline", "article-body", "nav", "x", "teaser3", "Überschrift", "post-date", "", new('a', 300)];
        for (var n = 0; n < 6_000; n++)
        {
            var value = string.Join(' ', Enumerable.Range(0, random.Next(5)).Select(_ => words[random.Next(words.Length)]));
            var (expected, actual) = (NameFacts.Read(value.AsMemory()), table.Of(value.AsMemory()));
            Assert.Equal((expected.Cues, expected.Kinds, expected.IsFurniture), (actual.Cues, actual.Kinds, actual.IsFurniture));
            Assert.Equal(new NameTable().Of(value.AsMemory()).Style, actual.Style);
        }
    }

    [Theory]
    [InlineData("card", "card7", true)]
    [InlineData("card size2 12", "card size ", true)]
    [InlineData("a  b", "a 0 b", true)]
    [InlineData("card size", "size card", false)]
    [InlineData("card", "card card", false)]
    [InlineData("a b", "a b ", false)]
    [InlineData("ab", "a b", false)]
    public void Values_are_of_one_style_that_differ_in_digits_alone(string one, string other, bool expected)
    {
        var table = new NameTable();
        Assert.Equal(expected, table.Of(one.AsMemory()).Style == table.Of(other.AsMemory()).Style);
    }

    [Fact]
    public void A_value_is_remembered()
    {
        var table = new NameTable();
        Assert.Same(table.Of("article-body".AsMemory()), table.Of("article-body".ToCharArray()));
    }
}
