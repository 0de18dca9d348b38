using System.Numerics;

namespace IngestPipeline.Deduplication;

/// <summary>Finds for each shingle of one text the first place where it stands in another, and the other way round.</summary>
internal sealed class ShingleMatcher
{
    private Fingerprint? _loaded;
    private Fingerprint? _last;

    // Open addressing: a shingle in the upper half, and in the lower its number among the distinct ones of the loaded text, counted from one.
    private ulong[] _table = [];
    private int[] _distinct = [];
    private int[] _first = [];
    private int[] _firstOther = [];
    private int[] _mapA = [];
    private int[] _mapB = [];
    private int _mask;
    private int _distinctCount;

    /// <summary>The places; −1 where a shingle is missing. The arrays are reused by the next call.</summary>
    public (ReadOnlyMemory<int> A, ReadOnlyMemory<int> B) Match(Fingerprint a, Fingerprint b)
    {
        Scan(a, b);
        return Places(a, b);
    }

    /// <summary>Looks the shingles of one text up in the other; the most shingles of either that can stand in the other.</summary>
    public (int A, int B) Scan(Fingerprint a, Fingerprint b)
    {
        if (_mapA.Length < a.ShingleCount)
            _mapA = new int[a.ShingleCount * 2];
        if (_mapB.Length < b.ShingleCount)
            _mapB = new int[b.ShingleCount * 2];

        // One text is compared with several others in a row, now as the first and now as the second.
        if (!ReferenceEquals(_loaded, a) && !ReferenceEquals(_loaded, b))
            Load(ReferenceEquals(_last, b) ? b : a);
        _last = ReferenceEquals(_loaded, b) ? a : b;
        var (found, distinct) = ReferenceEquals(_loaded, b) ? Scan(a, _mapA) : Scan(b, _mapB);
        var most = distinct + _loaded!.ShingleCount - _distinctCount;
        return ReferenceEquals(_loaded, b) ? (found, most) : (most, found);
    }

    /// <summary>See <see cref="Match"/>, after <see cref="Scan(Fingerprint, Fingerprint)"/> of the same two.</summary>
    public (ReadOnlyMemory<int> A, ReadOnlyMemory<int> B) Places(Fingerprint a, Fingerprint b)
    {
        var map = ReferenceEquals(_loaded, b) ? _mapB.AsSpan(0, b.ShingleCount) : _mapA.AsSpan(0, a.ShingleCount);
        if (_distinctCount == map.Length)
        {
            // As of most texts, no shingle stands twice.
            _firstOther.AsSpan(0, map.Length).CopyTo(map);
        }
        else
        {
            for (var i = 0; i < map.Length; i++)
                map[i] = _firstOther[_distinct[i]];
        }

        return (_mapA.AsMemory(0, a.ShingleCount), _mapB.AsMemory(0, b.ShingleCount));
    }

    private void Load(Fingerprint print)
    {
        _loaded = print;
        var shingles = print.Shingles;
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, shingles.Length * 2));
        if (_table.Length < size)
            _table = new ulong[size];
        else
            _table.AsSpan(0, size).Clear();
        _mask = size - 1;
        if (_distinct.Length < shingles.Length)
        {
            _distinct = new int[shingles.Length * 2];
            _first = new int[shingles.Length * 2];
            _firstOther = new int[shingles.Length * 2];
        }

        _distinctCount = 0;
        var (table, mask) = (_table, _mask);
        for (var i = 0; i < shingles.Length; i++)
        {
            var at = (int)shingles[i] & mask;
            while (table[at] is var entry && entry != 0 && (uint)(entry >> 32) != shingles[i])
                at = (at + 1) & mask;
            if (table[at] == 0)
            {
                _first[_distinctCount] = i;
                table[at] = ((ulong)shingles[i] << 32) | (uint)++_distinctCount;
            }

            _distinct[i] = (int)(uint)table[at] - 1;
        }
    }

    // How many shingles of a text stand in the loaded one, and how many different ones.
    private (int Found, int Distinct) Scan(Fingerprint scanned, int[] scannedMap)
    {
        int found = 0, distinctFound = 0;
        var firstOther = _firstOther.AsSpan(0, _distinctCount);
        firstOther.Fill(-1);
        var shingles = scanned.Shingles;
        var (table, mask, first) = (_table, _mask, _first);
        for (var i = 0; i < shingles.Length; i++)
        {
            var shingle = shingles[i];
            var at = (int)shingle & mask;
            var entry = table[at];
            while (entry != 0 && (uint)(entry >> 32) != shingle)
                entry = table[at = (at + 1) & mask];
            if (entry == 0)
            {
                scannedMap[i] = -1;
                continue;
            }

            var distinct = (int)(uint)entry - 1;
            scannedMap[i] = first[distinct];
            found++;
            if (firstOther[distinct] >= 0)
                continue;
            firstOther[distinct] = i;
            distinctFound++;
        }

        return (found, distinctFound);
    }
}
