using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class RankSortTests
{
    [Fact]
    public void Sorts_few_numbers_and_many_as_any_other_way_does()
    {
        var random = new Random(5);
        for (var count = 0; count <= RankSort.Most + 5; count++)
        {
            var numbers =
                Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue)).Distinct().Append(ulong.MaxValue).ToArray();
            var expected = numbers.Order().ToArray();

            RankSort.Sort(numbers);

            Assert.Equal(expected, numbers);
        }
    }
}
