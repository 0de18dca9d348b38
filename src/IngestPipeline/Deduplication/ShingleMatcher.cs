namespace IngestPipeline.Deduplication;

/// <summary>Finds for each shingle of one text the first place where it stands in another, and the other way round.</summary>
internal sealed class ShingleMatcher
{
    private Fingerprint? _loaded;
    private int[] _table = [];
    private int[] _distinct = [];
    private int[] _first = [];
    private int[] _firstOther = [];
    private int[] _mapA = [];
    private int[] _mapB = [];
    private int _distinctCount;

    /// <summary>The places; −1 where a shingle is missing. The arrays are reused by the next call.</summary>
    public (ReadOnlyMemory<int> A, ReadOnlyMemory<int> B) Match(Fingerprint a, Fingerprint b)
    {
        if (_mapA.Length < a.ShinglesByPosition.Length)
            _mapA = new int[a.ShinglesByPosition.Length * 2];
        if (_mapB.Length < b.ShinglesByPosition.Length)
            _mapB = new int[b.ShinglesByPosition.Length * 2];
        if (ReferenceEquals(_loaded, b))
        {
            Scan(a, b, _mapA, _mapB);
        }
        else
        {
            if (!ReferenceEquals(_loaded, a))
                Load(a);
            Scan(b, a, _mapB, _mapA);
        }

        return (_mapA.AsMemory(0, a.ShinglesByPosition.Length), _mapB.AsMemory(0, b.ShinglesByPosition.Length));
    }

    private void Load(Fingerprint print)
    {
        _loaded = print;
        var shingles = print.ShinglesByPosition;
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, shingles.Length * 2));
        if (_table.Length == size)
            Array.Clear(_table);
        else
            _table = new int[size];
        if (_distinct.Length < shingles.Length)
        {
            _distinct = new int[shingles.Length * 2];
            _first = new int[shingles.Length * 2];
            _firstOther = new int[shingles.Length * 2];
        }

        _distinctCount = 0;
        for (var i = 0; i < shingles.Length; i++)
        {
            var at = Place(shingles[i], shingles);
            if (_table[at] == 0)
            {
                _first[_distinctCount] = i;
                _table[at] = ++_distinctCount;
            }

            _distinct[i] = _table[at] - 1;
        }
    }

    private void Scan(Fingerprint scanned, Fingerprint loaded, int[] scannedMap, int[] loadedMap)
    {
        var firstOther = _firstOther.AsSpan(0, _distinctCount);
        firstOther.Fill(-1);
        var loadedShingles = loaded.ShinglesByPosition;
        var shingles = scanned.ShinglesByPosition;
        for (var i = 0; i < shingles.Length; i++)
        {
            var distinct = _table[Place(shingles[i], loadedShingles)] - 1;
            scannedMap[i] = distinct < 0 ? -1 : _first[distinct];
            if (distinct >= 0 && firstOther[distinct] < 0)
                firstOther[distinct] = i;
        }

        for (var i = 0; i < loadedShingles.Length; i++)
            loadedMap[i] = firstOther[_distinct[i]];
    }

    private int Place(uint shingle, uint[] loaded)
    {
        var mask = _table.Length - 1;
        var at = (int)shingle & mask;
        while (_table[at] is var distinct && distinct != 0 && loaded[_first[distinct - 1]] != shingle)
            at = (at + 1) & mask;
        return at;
    }
}
