using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class ShingleFilterTests
{
    [Fact]
    public void Shingle_of_the_text_is_never_denied_and_bounds_hold()
    {
        var random = new Random(6);
        var filter = new ShingleFilter();
        foreach (var count in new[] { 900, 0, 1, 40, 3000, 250 })
        {
            uint[] text = [.. Enumerable.Range(0, count).Select(_ => (uint)random.Next(2 * count))];
            uint[] other = [.. Enumerable.Range(0, 500).Select(_ => (uint)random.Next((3 * count) + 1))];

            filter.Read(text);

            Assert.All(text, shingle => Assert.True(filter.MayHold(shingle)));
            Assert.InRange(filter.MostOf(other), other.Count(text.Contains), other.Length);
            Assert.InRange(filter.Distinct, 0, text.Distinct().Count());
        }
    }

    [Fact]
    public void Text_without_a_shared_shingle_is_told_by_counting()
    {
        var random = new Random(7);
        uint[] text = [.. Enumerable.Range(0, 700).Select(_ => (uint)random.Next())];
        uint[] other = [.. Enumerable.Range(0, 700).Select(_ => (uint)random.Next())];
        var filter = new ShingleFilter();

        filter.Read(text);

        Assert.InRange(filter.MostOf(other), 0, 25);
        Assert.InRange(filter.Distinct, 680, 700);
    }
}
