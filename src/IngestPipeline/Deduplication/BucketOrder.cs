namespace IngestPipeline.Deduplication;

/// <summary>Brings the postings of a page into the order of its buckets, by counting. Reuses its room; one for each thread.</summary>
internal sealed class BucketOrder
{
    /// <summary>The bit of a posting from which on its bucket stands.</summary>
    public const int Shift = 40;

    private readonly int[] _next = new int[PostingPage.Buckets + 1];
    private ulong[] _ordered = [];

    /// <summary>The postings bucket by bucket, within each as they came; valid until the next call.</summary>
    public ReadOnlySpan<ulong> Order(ReadOnlySpan<ulong> postings)
    {
        Array.Clear(_next);
        foreach (var posting in postings)
            _next[(int)(posting >> Shift) + 1]++;
        for (var bucket = 0; bucket < PostingPage.Buckets; bucket++)
            _next[bucket + 1] += _next[bucket];
        if (_ordered.Length < postings.Length)
            _ordered = new ulong[postings.Length * 2];
        foreach (var posting in postings)
            _ordered[_next[(int)(posting >> Shift)]++] = posting;
        return _ordered.AsSpan(0, postings.Length);
    }
}
