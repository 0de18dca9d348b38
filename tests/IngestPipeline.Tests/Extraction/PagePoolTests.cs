using IngestPipeline.Extraction;

namespace IngestPipeline.Tests.Extraction;

public sealed class PagePoolTests
{
    private const int Longest = 1 << 20;

    [Fact]
    public void A_page_gets_the_shortest_array_that_is_long_enough()
    {
        var pool = new PagePool<char>(Longest, most: 3);
        char[][] arrays = [pool.Rent(20_000), pool.Rent(200_000), pool.Rent(60_000)];
        foreach (var array in arrays)
            pool.Return(array);

        Assert.Same(arrays[2], pool.Rent(50_000));
        Assert.Same(arrays[1], pool.Rent(50_000));
    }

    [Fact]
    public void A_page_longer_than_all_before_takes_the_place_of_the_shortest_array()
    {
        var pool = new PagePool<byte>(Longest, most: 8);
        byte[][] arrays = [pool.Rent(20_000), pool.Rent(60_000)];
        foreach (var array in arrays)
            pool.Return(array);

        var longer = pool.Rent(100_000);
        pool.Return(longer);

        Assert.True(longer.Length >= 100_000);
        Assert.Same(arrays[1], pool.Rent(1));
        Assert.Same(longer, pool.Rent(1));
        Assert.NotSame(arrays[0], pool.Rent(1));
    }

    [Fact]
    public void No_more_arrays_are_kept_than_allowed_and_the_longest_of_them()
    {
        var pool = new PagePool<int>(Longest, most: 2);
        int[][] arrays = [pool.Rent(30_000), pool.Rent(90_000), pool.Rent(60_000)];
        foreach (var array in arrays)
            pool.Return(array);

        Assert.Same(arrays[2], pool.Rent(1));
        Assert.Same(arrays[1], pool.Rent(1));
        Assert.DoesNotContain(pool.Rent(1), arrays);
    }

    [Fact]
    public void An_array_for_an_extreme_page_is_not_kept()
    {
        var pool = new PagePool<char>(Longest, most: 2);
        var extreme = pool.Rent(Longest + 1);
        pool.Return(extreme);

        Assert.NotSame(extreme, pool.Rent(Longest + 1));
    }

    [Fact]
    public void Arrays_are_as_long_as_asked_for_and_at_most_a_quarter_longer()
    {
        var random = new Random(11);
        for (var n = 0; n < 50; n++)
        {
            var least = random.Next(1 << 14, 1 << random.Next(15, 21));
            var length = new PagePool<byte>(Longest, most: 1).Rent(least).Length;
            Assert.InRange(length, least, least * 5L / 4 + 1);
        }
    }
}
