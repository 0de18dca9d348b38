using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction;

public sealed class HashedTableTests
{
    [Fact]
    public void Every_key_has_its_value_and_no_other_key_has_one()
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 5_000)
            .Select(_ => (ulong)random.NextInt64())
            .Append(1UL)
            .Append(ulong.MaxValue)
            .Where(k => k != 0)
            .Distinct()
            .ToDictionary(k => k, k => (int)(k % 1_000) + 1);
        var table = new HashedTable<int>(values);
        foreach (var (key, value) in values)
            Assert.Equal(value, table[key]);
        for (var i = 0; i < 5_000; i++)
        {
            var other = (ulong)random.NextInt64();
            Assert.Equal(values.GetValueOrDefault(other), table[other]);
        }
    }

    [Fact]
    public void A_key_that_no_table_has_finds_the_default()
    {
        Assert.Equal(0, new HashedTable<int>([new(5, 9)])[0]);
        Assert.Equal(0, new HashedTable<int>([])[5]);
    }

    [Fact]
    public void Two_values_of_one_key_and_the_key_0_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new HashedTable<int>([new(5, 9), new(5, 8)]));
        Assert.Throws<ArgumentException>(() => new HashedTable<int>([new(0, 9)]));
    }
}
