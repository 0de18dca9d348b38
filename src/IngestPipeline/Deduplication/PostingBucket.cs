using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IngestPipeline.Deduplication;

/// <summary>The postings of one bucket of a page.</summary>
/// <param name="start">The place of the first in the page.</param>
/// <param name="lows">A byte of each one's key.</param>
/// <param name="numbers">Three bytes of each one's article.</param>
internal readonly ref struct PostingBucket(int start, ReadOnlySpan<byte> lows, ReadOnlySpan<byte> numbers)
{
    // Read at once; a vector search pays from here on.
    private const int FewPostings = 16;

    // A number's three bytes and a zero, of four numbers: those at the head of sixteen bytes, and those at their end.
    private static readonly Vector128<byte> Head = Vector128.Create((byte)0, 1, 2, 0xFF, 3, 4, 5, 0xFF, 6, 7, 8, 0xFF, 9, 10, 11, 0xFF);
    private static readonly Vector128<byte> Tail = Vector128.Create((byte)4, 5, 6, 0xFF, 7, 8, 9, 0xFF, 10, 11, 12, 0xFF, 13, 14, 15, 0xFF);

    private readonly ReadOnlySpan<byte> _lows = lows;
    private readonly ReadOnlySpan<byte> _numbers = numbers;

    /// <summary>The place of the first in the page.</summary>
    public int Start { get; } = start;

    /// <summary>The place in the page behind the last.</summary>
    public int End => Start + _lows.Length;

    /// <summary>The first posting of a key's byte behind the given one, counted from the bucket's first; −1 when there is none.</summary>
    /// <param name="low">The byte.</param>
    /// <param name="after">−1 to begin.</param>
    public int Next(byte low, int after)
    {
        var at = after + 1;
        // Of a key that many articles have, the next is seldom far.
        if (at < _lows.Length && _lows[at] == low)
            return at;
        if (_lows.Length - at > FewPostings)
            return _lows[at..].IndexOf(low) is var found and >= 0 ? at + found : -1;
        for (; at < _lows.Length; at++)
        {
            if (_lows[at] == low)
                return at;
        }

        return -1;
    }

    /// <summary>Adds the articles of a key's byte to a list, where one is given; returns how many there are.</summary>
    public int AddTo(byte low, List<int>? articles)
    {
        var (found, at) = (0, 0);
        for (; at + FewPostings <= _lows.Length; at += FewPostings)
        {
            var same = Vector128.Equals(Vector128.Create(_lows[at..]), Vector128.Create(low)).ExtractMostSignificantBits();
            found += BitOperations.PopCount(same);
            if (articles is null)
                continue;
            if (same == ushort.MaxValue)
                AddSixteen(at, articles);
            else
                for (; same != 0; same &= same - 1)
                    articles.Add(Article(at + BitOperations.TrailingZeroCount(same)));
        }

        for (; at < _lows.Length; at++)
        {
            if (_lows[at] != low)
                continue;
            found++;
            articles?.Add(Article(at));
        }

        return found;
    }

    // In a bucket of a key that many articles have, most stand side by side.
    private void AddSixteen(int at, List<int> articles)
    {
        var sixteen = _numbers.Slice(3 * at, 3 * FewPostings);
        var count = articles.Count;
        CollectionsMarshal.SetCount(articles, count + FewPostings);
        var added = MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(articles)[count..]);
        Vector128.Shuffle(Vector128.Create(sixteen), Head).CopyTo(added);
        Vector128.Shuffle(Vector128.Create(sixteen[12..]), Head).CopyTo(added[16..]);
        Vector128.Shuffle(Vector128.Create(sixteen[24..]), Head).CopyTo(added[32..]);
        Vector128.Shuffle(Vector128.Create(sixteen[32..]), Tail).CopyTo(added[48..]);
    }

    /// <summary>The article of a posting.</summary>
    public int Article(int at)
    {
        var number = _numbers.Slice(3 * at, 3);
        return number[0] | (number[1] << 8) | (number[2] << 16);
    }
}
