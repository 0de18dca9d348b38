using System.Runtime.InteropServices;
using IngestPipeline.Records;

namespace IngestPipeline.Tests.Records;

public sealed class RecordRoomTests
{
    [Fact]
    public void What_is_kept_stands_beside_what_was_kept_before_until_it_is_let_go()
    {
        var room = new RecordRoom();
        var kept = Enumerable.Range(1, 300).Select(n => room.Keep(Enumerable.Repeat((byte)n, 997 * n % 60_000).ToArray())).ToList();

        Assert.All(kept.Select((bytes, n) => (bytes, n)), k => Assert.True(k.bytes.Length == 997 * (k.n + 1) % 60_000 && !k.bytes.Span.ContainsAnyExcept((byte)(k.n + 1))));
        Assert.True(MemoryMarshal.TryGetArray(kept[0], out var first));
        room.Clear();
        Assert.True(MemoryMarshal.TryGetArray(room.Keep("again"u8), out var again));
        Assert.Same(first.Array, again.Array);
        Assert.Equal(0, again.Offset);
    }

    [Fact]
    public void Long_bytes_and_those_beyond_its_bound_have_arrays_of_their_own()
    {
        var room = new RecordRoom();

        var arrays = Enumerable.Range(0, 200).Select(_ => room.Take(100_000)).Prepend(room.Take(2_000_000)).Select(bytes =>
        {
            Assert.True(MemoryMarshal.TryGetArray<byte>(bytes, out var part));
            return part;
        }).ToList();

        Assert.Equal(2_000_000, arrays[0].Array!.Length);
        // Sixteen blocks, ten in each, and forty that found no room.
        Assert.Equal(16, arrays.Where(a => a.Array!.Length == 1 << 20).Select(a => a.Array).Distinct().Count());
        Assert.Equal(40, arrays.Count(a => a.Array!.Length == 100_000));
    }
}
