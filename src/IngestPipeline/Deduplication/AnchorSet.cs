namespace IngestPipeline.Deduplication;

/// <summary>A set of anchors that is asked far more often for what it has not: a bit for many anchors together says so.</summary>
internal sealed class AnchorSet
{
    private const int BitsOfWord = 64;
    private const int Words = 1 << 11;

    private readonly HashSet<uint> _anchors = [];

    // Not taken back: an anchor that left is looked up like one that is there.
    private readonly ulong[] _bits = new ulong[Words];

    /// <summary>The number of anchors.</summary>
    public int Count => _anchors.Count;

    /// <summary>The anchors, in no particular order.</summary>
    public IReadOnlyCollection<uint> All => _anchors;

    /// <summary>Bytes, a table's entry taken for 24.</summary>
    public long Bytes => (_anchors.Count * 24L) + (_bits.LongLength * sizeof(ulong));

    /// <summary>True when the set has an anchor.</summary>
    public bool Has(uint anchor) => (_bits[(anchor / BitsOfWord) % Words] >> (int)anchor & 1) != 0 && _anchors.Contains(anchor);

    /// <summary>Puts an anchor in.</summary>
    public void Add(uint anchor)
    {
        _anchors.Add(anchor);
        _bits[(anchor / BitsOfWord) % Words] |= 1UL << (int)anchor;
    }

    /// <summary>Takes an anchor out; false when it was not there.</summary>
    public bool Remove(uint anchor) => _anchors.Remove(anchor);
}
