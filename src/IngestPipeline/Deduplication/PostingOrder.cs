using System.Numerics;

namespace IngestPipeline.Deduplication;

/// <summary>
/// Brings the postings of a part of a table into the order of its pages and their buckets, by counting. Reuses its room; one for each thread.
/// </summary>
internal sealed class PostingOrder
{
    private readonly int[] _ends = new int[ByteOrder.Values];
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

        ByteOrder.Scatter(postings, _byBucket, _ends, bucketShift);
        ByteOrder.Scatter(_byBucket.AsSpan(0, postings.Length), _ordered, _ends, bucketShift + 8);
        return _ordered.AsSpan(0, postings.Length);
    }
}
