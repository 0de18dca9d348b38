using IngestPipeline.Deduplication;

namespace IngestPipeline.Tests.Deduplication;

public sealed class ShinglesTests
{
    [Fact]
    public void Shingle_depends_on_its_own_tokens_only()
    {
        uint[] passage = [11, 22, 33, 44, 55];

        var early = Shingles.Of([.. passage, 9, 8, 7, 6, 5]);
        var late = Shingles.Of([1, 2, 3, 4, 5, 6, .. passage]);

        Assert.Equal(early[0], late[^1]);
    }

    [Fact]
    public void Shingle_is_the_same_at_every_place_of_a_text()
    {
        var tokens = Hashes(new Random(6), 60);

        var whole = Shingles.Of(tokens);

        // Alone, each is hashed one token after the other.
        Assert.Equal(Enumerable.Range(0, whole.Length).Select(i => Shingles.Of(tokens.AsSpan(i, Shingles.Size))[0]), whole);
    }

    [Fact]
    public void Text_shorter_than_a_shingle_has_one()
    {
        Assert.Single(Shingles.Of([1, 2]));
        Assert.Empty(Shingles.Of([]));
        Assert.NotEqual(Shingles.Of([1, 2])[0], Shingles.Of([2, 1])[0]);
    }

    [Fact]
    public void Every_shared_run_of_a_window_has_a_shared_anchor()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var shared = Hashes(random, Shingles.Window);
            uint[] a = [.. Hashes(random, random.Next(300, 500)), .. shared, .. Hashes(random, random.Next(0, 300))];
            uint[] b = [.. Hashes(random, random.Next(0, 300)), .. shared, .. Hashes(random, random.Next(300, 500))];

            Assert.NotEmpty(Anchors(a).Intersect(Anchors(b)).Intersect(shared));
        }
    }

    [Fact]
    public void Short_text_has_every_shingle_as_an_anchor()
    {
        var hashes = Hashes(new Random(4), Shingles.DenseUpTo);

        Assert.Equal(Enumerable.Range(0, hashes.Length), Places(hashes));
    }

    [Fact]
    public void Long_text_keeps_a_fraction_of_its_shingles()
    {
        var hashes = Hashes(new Random(5), 10_000);

        Assert.InRange(Places(hashes).Length, 10_000 / Shingles.Window, 3 * 10_000 / Shingles.Window);
    }

    private static IEnumerable<uint> Anchors(uint[] hashes) => Places(hashes).Select(i => hashes[i]);

    private static int[] Places(uint[] hashes)
    {
        var places = new int[hashes.Length];
        return places[..Shingles.Anchors(hashes, places)];
    }

    private static uint[] Hashes(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (uint)random.NextInt64(uint.MaxValue))];
}
