namespace IngestPipeline.Deduplication;

/// <summary>
/// Collects postings of which none is in a table yet, apart by the table's parts, so that each of its pages is made anew a few times and not at every
/// posting.
/// </summary>
internal sealed class PostingBuffer
{
    /// <summary>Postings collected at most; eight bytes each. Evenly spread, a part's list stays below the next power of two.</summary>
    private const int Most = 15 << 20;

    private readonly PostingPages _pages;
    private readonly List<ulong>[] _parts;
    private int _count;

    /// <param name="table">The table that gets the postings.</param>
    public PostingBuffer(PostingTable table)
    {
        _pages = table.Pages;
        _parts = [.. Enumerable.Range(0, _pages.Parts).Select(_ => new List<ulong>())];
    }

    /// <summary>Adds a posting.</summary>
    public void Add(uint key, int article)
    {
        var posting = PostingTable.Of(key, article);
        _parts[_pages.PartOf(posting)].Add(posting);
        if (++_count == Most)
            Flush();
    }

    /// <summary>Puts what was collected into the table.</summary>
    public void Flush()
    {
        _pages.AddAll(_parts);
        foreach (var part in _parts)
            part.Clear();
        _count = 0;
    }
}
