namespace IngestPipeline.Deduplication;

/// <summary>The postings of one bucket of a page.</summary>
/// <param name="start">The place of the first in the page.</param>
/// <param name="lows">A byte of each one's key.</param>
/// <param name="numbers">Three bytes of each one's article.</param>
internal readonly ref struct PostingBucket(int start, ReadOnlySpan<byte> lows, ReadOnlySpan<byte> numbers)
{
    // A vector search pays from here on.
    private const int FewPostings = 16;

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

    /// <summary>The article of a posting.</summary>
    public int Article(int at)
    {
        var number = _numbers.Slice(3 * at, 3);
        return number[0] | (number[1] << 8) | (number[2] << 16);
    }
}
