namespace IngestPipeline.Deduplication;

/// <summary>Collects postings of which none is in a table yet, so that each of its pages is made anew a few times and not at every posting.</summary>
internal sealed class PostingBuffer(PostingTable table)
{
    /// <summary>Postings collected at most; eight bytes each.</summary>
    private const int Most = 1 << 24;

    private readonly List<ulong> _postings = [];

    /// <summary>Adds a posting.</summary>
    public void Add(uint key, int article)
    {
        _postings.Add(((ulong)key << 32) | (uint)article);
        if (_postings.Count == Most)
            Flush();
    }

    /// <summary>Puts what was collected into the table.</summary>
    public void Flush()
    {
        table.AddAll(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_postings));
        _postings.Clear();
    }
}
