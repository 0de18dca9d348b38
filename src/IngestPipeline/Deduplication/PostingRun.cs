using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace IngestPipeline.Deduplication;

/// <summary>The postings of one batch, in the order of their mixed keys: quicker to make and to read than pages, and twice as large.</summary>
internal sealed class PostingRun
{
    private const int KeyBits = 32;
    private const int LeastBits = 10;
    private const int MostBits = 20;

    // Postings are brought together by their uppermost byte first.
    private const int PartBits = 8;
    private const int PartShift = (2 * KeyBits) - PartBits;

    private readonly ulong[] _postings;
    private readonly int[] _starts;
    private readonly int _shift;

    /// <param name="postings">The mixed key in the upper half and the article in the lower; no posting twice.</param>
    public PostingRun(ReadOnlySpan<ulong> postings)
    {
        // Two or three postings between two starts.
        var bits = Math.Clamp(BitOperations.Log2((uint)postings.Length | 1) - 1, LeastBits, MostBits);
        _shift = KeyBits - bits;
        _starts = GC.AllocateUninitializedArray<int>((1 << bits) + 1);
        _postings = GC.AllocateUninitializedArray<ulong>(postings.Length);
        var buffer = ArrayPool<ulong>.Shared.Rent(postings.Length);
        Span<int> ends = stackalloc int[ByteOrder.Values];
        ByteOrder.Scatter(postings, buffer, ends, PartShift);
        // What stands in a part, and where it goes, fits into the processor's first caches.
        var places = 1 << (bits - PartBits);
        var next = ArrayPool<int>.Shared.Rent(places);
        for (int part = 0, start = 0; part < ends.Length; start = ends[part++])
            Order(buffer.AsSpan(start..ends[part]), start, part * places, next.AsSpan(0, places));
        _starts[^1] = postings.Length;
        ArrayPool<int>.Shared.Return(next);
        ArrayPool<ulong>.Shared.Return(buffer);
    }

    /// <summary>The number of postings.</summary>
    public int Count => _postings.Length;

    /// <summary>Bytes of the postings and of the table of their starts.</summary>
    public long Bytes => (_postings.Length * (long)sizeof(ulong)) + (_starts.Length * (long)sizeof(int));

    /// <summary>The mixed key of a posting.</summary>
    public uint KeyAt(int at) => (uint)(_postings[at] >> KeyBits);

    /// <summary>The article of a posting.</summary>
    public int ArticleAt(int at) => (int)(uint)_postings[at];

    /// <summary>
    /// The postings of keys that several articles have: the article in the upper half, in the lower the place of the key's first; returns how many.
    /// </summary>
    /// <param name="shared">Gets them; as long as there are postings.</param>
    /// <param name="least">Articles from which a key is named as frequent.</param>
    /// <param name="frequent">Gets the frequent keys.</param>
    public int Share(Span<ulong> shared, int least, HashSet<uint> frequent)
    {
        var (count, start) = (0, 0);
        var postings = _postings;
        for (var at = 0; at < postings.Length; at++)
        {
            // No branch for a key that is shared: whether it is one is foreseen badly.
            var key = KeyAt(at);
            start = at > 0 && KeyAt(at - 1) == key ? start : at;
            var isShared = start < at || (at + 1 < postings.Length && KeyAt(at + 1) == key);
            shared[count] = ((ulong)(uint)postings[at] << KeyBits) | (uint)start;
            count += isShared ? 1 : 0;
            if (at - start + 1 == least)
                frequent.Add(PostingPages.Unmix(key));
        }

        return count;
    }

    /// <summary>The place behind the last posting of a key.</summary>
    /// <param name="start">The place of its first.</param>
    public int EndOf(int start)
    {
        var end = start + 1;
        while (end < _postings.Length && KeyAt(end) == KeyAt(start))
            end++;
        return end;
    }

    /// <summary>Adds the articles below a number of a key to a list.</summary>
    /// <param name="start">The place of its first posting.</param>
    /// <param name="articles">The list.</param>
    /// <param name="below">The number.</param>
    public void AddFrom(int start, List<int> articles, int below)
    {
        // One key's stand in the order of their articles.
        var last = ((ulong)KeyAt(start) << KeyBits) | (uint)below;
        for (var at = start; at < _postings.Length && _postings[at] < last; at++)
            articles.Add(ArticleAt(at));
    }

    /// <summary>As <see cref="AddFrom"/>, each article counted.</summary>
    public void CountFrom(int start, ArticleCounter articles, int below)
    {
        var last = ((ulong)KeyAt(start) << KeyBits) | (uint)below;
        for (var at = start; at < _postings.Length && _postings[at] < last; at++)
            articles.Count(ArticleAt(at));
    }

    /// <summary>The postings whose keys agree in the uppermost bits.</summary>
    /// <param name="part">These bits.</param>
    /// <param name="bits">How many, ten at most.</param>
    public ReadOnlySpan<ulong> Part(int part, int bits)
    {
        var places = KeyBits - _shift - bits;
        return _postings.AsSpan(_starts[part << places].._starts[(part + 1) << places]);
    }

    /// <summary>Adds the articles of a mixed key to a list, where one is given; returns how many the key has.</summary>
    /// <param name="mixed">The mixed key.</param>
    /// <param name="articles">The list.</param>
    /// <param name="below">The number from which on an article is left out.</param>
    public int AddTo(uint mixed, List<int>? articles, int below)
    {
        var found = 0;
        var place = mixed >> _shift;
        for (var at = _starts[place]; at < _starts[place + 1]; at++)
        {
            var posting = _postings[at];
            if ((uint)(posting >> KeyBits) != mixed)
                continue;
            found++;
            if ((int)(uint)posting < below)
                articles?.Add((int)(uint)posting);
        }

        return found;
    }

    /// <summary>Asks the processor for the postings of keys that will be looked up, all at once: one after the other each would be waited for.</summary>
    public unsafe void Fetch(ReadOnlySpan<uint> keys)
    {
        if (!Sse.IsSupported || _postings.Length == 0)
            return;
        ref var starts = ref MemoryMarshal.GetArrayDataReference(_starts);
        ref var postings = ref MemoryMarshal.GetArrayDataReference(_postings);
        foreach (var key in keys)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref starts, PostingPages.Mix(key) >> _shift)));
        foreach (var key in keys)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref postings, _starts[PostingPages.Mix(key) >> _shift])));
    }

    // The postings of one part, which begins at a start and at a place.
    private void Order(ReadOnlySpan<ulong> part, int start, int first, Span<int> next)
    {
        next.Clear();
        foreach (var posting in part)
            next[(int)PlaceOf(posting) - first]++;
        var starts = _starts.AsSpan(first, next.Length);
        for (var place = 0; place < next.Length; place++)
        {
            starts[place] = start;
            start += next[place];
            next[place] = starts[place];
        }

        foreach (var posting in part)
            _postings[next[(int)PlaceOf(posting) - first]++] = posting;
        for (var place = 0; place < next.Length; place++)
        {
            if (next[place] - starts[place] > 1)
                Sort(_postings.AsSpan(starts[place]..next[place]));
        }
    }

    // Mostly two or three.
    private static void Sort(Span<ulong> postings)
    {
        const int Few = 16;
        if (postings.Length > Few)
            postings.Sort();
        else
            ByteOrder.Insert(postings);
    }

    private uint PlaceOf(ulong posting) => (uint)(posting >> KeyBits) >> _shift;
}
