using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace IngestPipeline.Deduplication;

/// <summary>The postings of a page without their buckets: a byte of each key, then three of each article.</summary>
internal readonly ref struct PostingEntries
{
    // So many are copied at once, which is more than most buckets hold: a byte and three bytes of each.
    private const int AtOnce = 8;

    /// <summary>The postings of a page; behind the last stands anything.</summary>
    public PostingEntries(Span<byte> page)
    {
        var capacity = PostingPage.Capacity(page);
        Lows = page.Slice(PostingPage.BytesOfBits(capacity), capacity);
        Numbers = page[(PostingPage.BytesOfBits(capacity) + capacity)..];
    }

    /// <summary>A byte of each one's key.</summary>
    public Span<byte> Lows { get; }

    /// <summary>Three bytes of each one's article, the lowest first.</summary>
    public Span<byte> Numbers { get; }

    /// <summary>Writes a posting.</summary>
    public void Put(int at, byte low, int article)
    {
        Lows[at] = low;
        var number = Numbers[(3 * at)..];
        (number[0], number[1], number[2]) = ((byte)article, (byte)(article >> 8), (byte)(article >> 16));
    }

    /// <summary>Copies some postings into another page, where what stands behind them is written later.</summary>
    public void CopyTo(PostingEntries other, int from, int to, int count)
    {
        for (; count > 0 && from + AtOnce <= Lows.Length && to + AtOnce <= other.Lows.Length; (from, to, count) = (from + AtOnce, to + AtOnce, count - AtOnce))
        {
            Unsafe.WriteUnaligned(ref other.Lows[to], Unsafe.ReadUnaligned<ulong>(ref Lows[from]));
            Vector128.LoadUnsafe(ref Numbers[3 * from]).StoreUnsafe(ref other.Numbers[3 * to]);
            Unsafe.WriteUnaligned(ref other.Numbers[(3 * to) + 16], Unsafe.ReadUnaligned<ulong>(ref Numbers[(3 * from) + 16]));
        }

        if (count <= 0)
            return;
        Lows.Slice(from, count).CopyTo(other.Lows[to..]);
        Numbers.Slice(3 * from, 3 * count).CopyTo(other.Numbers[(3 * to)..]);
    }
}
