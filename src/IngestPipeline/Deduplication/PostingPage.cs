using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Postings sorted into 256 buckets, in four bytes and an eighth each: a row of bits that has a one for each posting and a zero behind each bucket,
/// then a byte of each posting's key, then its article's number of 24 bits.
/// </summary>
internal static class PostingPage
{
    /// <summary>Buckets of a page.</summary>
    public const int Buckets = 256;

    private const int BitsOfWord = 64;

    // Capacities are multiples of eight; of 64 more entries the words of bits, the keys and the numbers take so many bytes.
    private const int EntriesOfBlock = 64;
    private const int BytesOfBlock = 8 + (4 * EntriesOfBlock);
    private const int BytesOfEmpty = Buckets / 8;

    /// <summary>Postings that a page can hold.</summary>
    public static int Capacity(ReadOnlySpan<byte> page)
    {
        var (blocks, rest) = Math.DivRem(page.Length - BytesOfEmpty, BytesOfBlock);
        return (blocks * EntriesOfBlock) + (rest / 32 * 8);
    }

    /// <summary>Asks the processor for the parts of a page that a look at a bucket will read.</summary>
    public static unsafe void Fetch(ReadOnlySpan<byte> page, int bucket, int count)
    {
        if (!Sse.IsSupported)
            return;
        var capacity = Capacity(page);
        var lows = BytesOfBits(capacity);
        // Mixed keys are spread evenly, so that a bucket stands near its share of the postings.
        var near = count * bucket / Buckets;
        ref var start = ref MemoryMarshal.GetReference(page);
        Sse.Prefetch0(Unsafe.AsPointer(ref start));
        Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref start, lows / 2)));
        Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref start, lows + near)));
        Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref start, lows + capacity + (3 * near))));
    }

    /// <summary>The postings of a bucket.</summary>
    public static PostingBucket Bucket(Span<byte> page, int bucket)
    {
        var bits = Bits(page);
        var position = bucket == 0 ? 0 : BehindZero(bits, bucket);
        var start = position - bucket;
        var capacity = Capacity(page);
        var lows = BytesOfBits(capacity);
        while (true)
        {
            var zeros = ~bits[position / BitsOfWord] >> (position % BitsOfWord);
            if (zeros == 0)
            {
                position = ((position / BitsOfWord) + 1) * BitsOfWord;
                continue;
            }

            var count = position + BitOperations.TrailingZeroCount(zeros) - bucket - start;
            return new(start, page.Slice(lows + start, count), page.Slice(lows + capacity + (3 * start), 3 * count));
        }
    }

    /// <summary>Copies a page's postings into a larger one.</summary>
    public static void Grow(Span<byte> page, int count, Span<byte> grown)
    {
        // Bits behind the last bucket are never read, keys and numbers behind the last posting neither.
        page[..BytesOfBits(Capacity(page))].CopyTo(grown);
        var from = new PostingEntries(page);
        var to = new PostingEntries(grown);
        from.Lows[..count].CopyTo(to.Lows);
        from.Numbers[..(3 * count)].CopyTo(to.Numbers);
    }

    /// <summary>Writes a page's postings and others into a page that has room for them.</summary>
    /// <param name="page">The page; empty for none.</param>
    /// <param name="more">The others, bucket by bucket: the mixed key in the upper half, the article in the lower.</param>
    /// <param name="bucketShift">The lowest bit of the bucket; the byte of the key that is kept stands below.</param>
    /// <param name="merged">The other page.</param>
    public static void Merge(Span<byte> page, ReadOnlySpan<ulong> more, int bucketShift, Span<byte> merged)
    {
        Span<int> runs = stackalloc int[Buckets];
        runs.Clear();
        var from = page.IsEmpty ? default : new PostingEntries(page);
        var to = new PostingEntries(merged);
        if (!page.IsEmpty)
            Runs(Bits(page), runs);
        var bits = Bits(merged)[..(BytesOfBits(to.Lows.Length) / sizeof(ulong))];
        bits.Clear();
        int taken = 0, at = 0, next = 0;
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            var first = at;
            from.CopyTo(to, taken, at, runs[bucket]);
            (taken, at) = (taken + runs[bucket], at + runs[bucket]);
            for (; next < more.Length && (byte)(more[next] >> bucketShift) == bucket; next++)
                to.Put(at++, (byte)(more[next] >> (bucketShift - 8)), (int)(uint)more[next]);
            SetBits(bits, first + bucket, at - first);
        }
    }

    // How many ones stand before each zero.
    private static void Runs(ReadOnlySpan<ulong> bits, Span<int> runs)
    {
        var before = -1;
        for (int word = 0, bucket = 0; bucket < runs.Length; word++)
        {
            for (var zeros = ~bits[word]; zeros != 0 && bucket < runs.Length; zeros &= zeros - 1)
            {
                var zero = (word * BitsOfWord) + BitOperations.TrailingZeroCount(zeros);
                runs[bucket++] = zero - before - 1;
                before = zero;
            }
        }
    }

    private static void SetBits(Span<ulong> bits, int start, int count)
    {
        while (count > 0)
        {
            var (word, offset) = (start / BitsOfWord, start % BitsOfWord);
            var here = Math.Min(count, BitsOfWord - offset);
            bits[word] |= (ulong.MaxValue >> (BitsOfWord - here)) << offset;
            (start, count) = (start + here, count - here);
        }
    }

    /// <summary>Puts a posting in, behind its bucket's others, into a page that has room.</summary>
    public static void Insert(Span<byte> page, int count, int bucket, int at, byte low, int article)
    {
        var entries = new PostingEntries(page);
        entries.Lows[at..count].CopyTo(entries.Lows[(at + 1)..]);
        entries.Numbers[(3 * at)..(3 * count)].CopyTo(entries.Numbers[(3 * (at + 1))..]);
        entries.Put(at, low, article);

        var bits = Bits(page);
        var (first, offset) = Math.DivRem(at + bucket, BitsOfWord);
        for (var word = (count + Buckets) / BitsOfWord; word > first; word--)
            bits[word] = (bits[word] << 1) | (bits[word - 1] >> (BitsOfWord - 1));
        var below = (1UL << offset) - 1;
        bits[first] = (bits[first] & below) | (1UL << offset) | ((bits[first] & ~below) << 1);
    }

    /// <summary>Takes a posting out.</summary>
    public static void RemoveAt(Span<byte> page, int count, int bucket, int at)
    {
        var entries = new PostingEntries(page);
        entries.Lows[(at + 1)..count].CopyTo(entries.Lows[at..]);
        entries.Numbers[(3 * (at + 1))..(3 * count)].CopyTo(entries.Numbers[(3 * at)..]);

        var bits = Bits(page);
        var (first, offset) = Math.DivRem(at + bucket, BitsOfWord);
        var below = (1UL << offset) - 1;
        bits[first] = (bits[first] & below) | ((bits[first] >> 1) & ~below);
        for (var word = first + 1; word <= (count + Buckets - 1) / BitsOfWord; word++)
        {
            bits[word - 1] |= bits[word] << (BitsOfWord - 1);
            bits[word] >>= 1;
        }
    }

    /// <summary>Takes out the postings of all articles that are gone; returns how many are left, and names the keys that lost one.</summary>
    public static int Sweep(Span<byte> page, Func<int, bool> isGone, HashSet<ushort> swept)
    {
        var bits = Bits(page);
        var entries = new PostingEntries(page);
        int at = 0, kept = 0;
        for (int position = 0, bucket = 0; bucket < Buckets; position++)
        {
            if ((bits[position / BitsOfWord] >> (position % BitsOfWord) & 1) == 0)
            {
                bits[(kept + bucket) / BitsOfWord] &= ~(1UL << ((kept + bucket) % BitsOfWord));
                bucket++;
                continue;
            }

            var low = entries.Lows[at];
            var number = entries.Numbers.Slice(3 * at++, 3);
            var article = number[0] | (number[1] << 8) | (number[2] << 16);
            if (isGone(article))
            {
                swept.Add((ushort)((bucket << 8) | low));
                continue;
            }

            bits[(kept + bucket) / BitsOfWord] |= 1UL << ((kept + bucket) % BitsOfWord);
            entries.Put(kept++, low, article);
        }

        return kept;
    }

    // The position behind the zero of a number, counted from one.
    private static int BehindZero(Span<ulong> bits, int number)
    {
        var word = 0;
        var zeros = ~bits[0];
        for (var found = BitOperations.PopCount(zeros); found < number; found = BitOperations.PopCount(zeros))
        {
            number -= found;
            zeros = ~bits[++word];
        }

        if (Bmi2.X64.IsSupported)
            return (word * BitsOfWord) + BitOperations.TrailingZeroCount(Bmi2.X64.ParallelBitDeposit(1UL << (number - 1), zeros)) + 1;
        for (; number > 1; number--)
            zeros &= zeros - 1;
        return (word * BitsOfWord) + BitOperations.TrailingZeroCount(zeros) + 1;
    }

    /// <summary>Bytes of a page.</summary>
    /// <param name="capacity">Postings that it can hold, rounded up to a multiple of eight.</param>
    public static int BytesOf(int capacity)
    {
        capacity = (capacity + 7) / 8 * 8;
        return BytesOfBits(capacity) + (4 * capacity);
    }

    /// <summary>Bytes of the row of bits of a page, before its entries.</summary>
    public static int BytesOfBits(int capacity) => (capacity + Buckets + BitsOfWord - 1) / BitsOfWord * sizeof(ulong);

    private static Span<ulong> Bits(Span<byte> page) => MemoryMarshal.Cast<byte, ulong>(page);
}
