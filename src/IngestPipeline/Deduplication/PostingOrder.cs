using System.Numerics;

namespace IngestPipeline.Deduplication;

/// <summary>Brings the postings of a part of a table into the order of its pages and their buckets, by counting. Reuses its room; one for each thread.</summary>
internal sealed class PostingOrder
{
    private readonly int[] _next = new int[PostingPage.Buckets + 1];
    private ulong[] _byBucket = [];
    private ulong[] _ordered = [];

    /// <summary>The postings in order, those of one bucket as they came; valid until the next call.</summary>
    /// <param name="postings">Postings that agree in the bits above those of the page.</param>
    /// <param name="bucketShift">The lowest of the eight bits of the bucket; those of the page stand above them, eight at most.</param>
    public ReadOnlySpan<ulong> Order(ReadOnlySpan<ulong> postings, int bucketShift)
    {
        if (_ordered.Length < postings.Length)
        {
            var room = BitOperations.RoundUpToPowerOf2((uint)postings.Length);
            (_byBucket, _ordered) = (new ulong[room], new ulong[room]);
        }

        Scatter(postings, _byBucket, bucketShift);
        Scatter(_byBucket.AsSpan(0, postings.Length), _ordered, bucketShift + 8);
        return _ordered.AsSpan(0, postings.Length);
    }

    private void Scatter(ReadOnlySpan<ulong> from, Span<ulong> to, int shift)
    {
        Array.Clear(_next);
        foreach (var posting in from)
            _next[(byte)(posting >> shift) + 1]++;
        for (var digit = 0; digit < PostingPage.Buckets; digit++)
            _next[digit + 1] += _next[digit];
        foreach (var posting in from)
            to[_next[(byte)(posting >> shift)]++] = posting;
    }
}
