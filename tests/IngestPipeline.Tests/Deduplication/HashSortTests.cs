using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class HashSortTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(33)]
    [InlineData(700)]
    [InlineData(2048)]
    [InlineData(5000)]
    public void Hashes_ascend_afterwards(int count)
    {
        var random = new Random(count);
        // Some stand there twice, and some share their uppermost bits.
        var hashes = Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64(1 << 20) * (random.Next(3) == 0 ? 1 : 0x9E3779B97F4A7C15)).ToArray();
        var expected = hashes.Order().ToArray();

        HashSort.Sort(hashes);

        Assert.Equal(expected, hashes);
    }
}
