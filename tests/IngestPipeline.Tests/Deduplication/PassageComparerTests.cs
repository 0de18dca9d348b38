using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class PassageComparerTests
{
    [Fact]
    public void Sides_are_exchanged_when_the_texts_are()
    {
        var random = new Random(11);
        for (var round = 0; round < 60; round++)
        {
            var paragraphs = Texts.Report(round).Split("\n\n");
            var a = Print(string.Join("\n\n", paragraphs.Where(_ => random.Next(3) > 0)) + Texts.Report(round + 500, 3));
            var b = Print(string.Join("\n\n", paragraphs.Where(_ => random.Next(3) > 0)));

            var there = new PassageComparer().Compare(a, b);
            var back = new PassageComparer().Compare(b, a);

            Assert.Equal(
                (there.ContainedA, there.ContainedB, there.HeadA, there.HeadB, there.CoverageA),
                (back.ContainedB, back.ContainedA, back.HeadB, back.HeadA, back.CoverageB));
        }
    }

    [Fact]
    public void Comparing_one_text_with_many_gives_what_comparing_each_alone_gives()
    {
        var one = Print(Texts.Report(1));
        var comparer = new PassageComparer();
        for (var i = 0; i < 10; i++)
        {
            var other = Print(Texts.Report(i)[(i * 20)..]);

            Assert.Equal(new PassageComparer().Compare(one, other), comparer.Compare(one, other));
            Assert.Equal(new PassageComparer().Compare(other, one), comparer.Compare(other, one));
        }
    }

    [Fact]
    public void Comparing_each_text_with_the_next_gives_what_comparing_the_two_alone_gives()
    {
        var prints = Enumerable.Range(0, 8).Select(i => Print(string.Concat(Texts.Report(i / 2).Skip(i * 15)) + Texts.Report((i + 1) / 2))).ToList();
        var comparer = new PassageComparer();
        for (var i = 1; i < prints.Count; i++)
        {
            var expected = new PassageComparer().Compare(prints[i - 1], prints[i]);

            Assert.True(expected.SharedA > 0);
            Assert.Equal(expected, comparer.Compare(prints[i - 1], prints[i]));
        }
    }

    [Fact]
    public void Exchanged_number_between_shared_passages_is_seen()
    {
        const string Before = "The council of the old harbour town met on Monday evening and agreed to spend";
        const string After = "thousand crowns on the repair of the northern pier before the winter storms return";

        var p = new PassageComparer().Compare(Print($"{Before} 480 {After}"), Print($"{Before} 620 {After}"));

        Assert.Equal(1, p.NumbersExchanged);
        Assert.True(p.BridgedA > p.ContainedA);
    }

    [Fact]
    public void Nothing_is_shared_with_an_empty_text()
    {
        var p = new PassageComparer().Compare(Print(""), Print(Texts.Report(1)));

        Assert.Equal((0.0, 0.0, 0), (p.ContainedA, p.ContainedB, p.LongestRun));
    }

    private static Fingerprint Print(string text) => new(new CopyDocument { Id = "x", Text = text });
}
