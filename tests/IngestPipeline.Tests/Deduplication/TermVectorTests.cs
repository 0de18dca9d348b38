using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class TermVectorTests
{
    [Fact]
    public void Cosine_sums_the_words_that_both_have()
    {
        var random = new Random(8);
        for (var round = 0; round < 2_000; round++)
        {
            var (a, b) = (Vector(random), Vector(random));
            var weights = b.Terms.ToArray().Zip(b.Weights.ToArray()).ToDictionary(p => p.First, p => p.Second);
            var dot = a.Terms.ToArray().Zip(a.Weights.ToArray()).Sum(p => (long)p.Second * weights.GetValueOrDefault(p.First));

            Assert.Equal(dot * 10_000 / ((long)TermVector.Scale * TermVector.Scale), a.Cosine(b));
            Assert.Equal(a.Cosine(b), b.Cosine(a));
        }
    }

    // Of few different words, so that many are in both.
    private static TermVector Vector(Random random)
    {
        var terms = Enumerable.Range(0, random.Next(51)).Select(_ => (uint)random.Next(120) * 0x02000001).Distinct().Order().ToArray();
        return new(terms, [.. terms.Select(_ => (ushort)random.Next(1, TermVector.Scale / 8))], []);
    }
}
