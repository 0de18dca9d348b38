using FsCheck;
using FsCheck.Fluent;
using IngestPipeline.Reports.Data;

namespace IngestPipeline.Tests.Reports;

public sealed class PassageMarksTests
{
    [Fact]
    public void Marks_the_passage_that_both_texts_have_and_nothing_else()
    {
        var (first, second) = PassageMarks.Of(
            "Our reporter writes: the ferry lost power in the sound on Saturday morning. More follows.",
            "The ferry lost power in the sound on Saturday morning, the coast guard said.");

        Assert.Equal("the ferry lost power in the sound on Saturday morning", first.Text[Assert.Single(first.Shared)]);
        Assert.Equal("The ferry lost power in the sound on Saturday morning", second.Text[Assert.Single(second.Shared)]);
        Assert.InRange(second.Share, 0.6, 0.8);
    }

    [Fact]
    public void Texts_that_share_nothing_have_no_mark()
    {
        var (first, second) = PassageMarks.Of("One two three four five six.", "Seven eight nine ten eleven twelve.");

        Assert.Empty(first.Shared);
        Assert.Equal(0, second.Share);
    }

    [Fact]
    public void Ranges_are_in_order_apart_and_inside_the_text() => Prop.ForAll(
        ArbMap.Default.ArbFor<string>().Filter(s => s is not null),
        ArbMap.Default.ArbFor<string>().Filter(s => s is not null),
        (a, b) =>
        {
            foreach (var marks in new[] { PassageMarks.Of(a + " " + b, b).First, PassageMarks.Of(a, b + a).Second })
            {
                var last = 0;
                foreach (var range in marks.Shared)
                {
                    Assert.InRange(range.Start.Value, last, marks.Text.Length);
                    Assert.InRange(range.End.Value, range.Start.Value + 1, marks.Text.Length);
                    last = range.End.Value;
                }
            }
        }).Hold();
}
