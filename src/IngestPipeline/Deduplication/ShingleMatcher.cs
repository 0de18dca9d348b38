using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IngestPipeline.Deduplication;

/// <summary>Finds for each shingle of one text the first place where it stands in another, and the other way round.</summary>
internal sealed class ShingleMatcher
{
    private readonly ShingleFilter _filter = new();
    private ShingleBuffer _loadedShingles = new();
    private ShingleBuffer _scannedShingles = new();
    private Fingerprint? _loaded;
    private Fingerprint? _tabled;
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

    /// <summary>The most shingles of either text that can stand in the other, told without looking them up.</summary>
    public (int A, int B) Most(Fingerprint a, Fingerprint b)
    {
        var scanned = Choose(a, b);
        var most = _filter.MostOf(_scannedShingles.Of(scanned));
        return InOrder(b, most, most + _loaded!.ShingleCount - _filter.Distinct);
    }

    /// <summary>Looks the shingles of one text up in the other; the most shingles of either that can stand in the other.</summary>
    public (int A, int B) Scan(Fingerprint a, Fingerprint b)
    {
        if (_mapA.Length < a.ShingleCount)
            _mapA = new int[a.ShingleCount * 2];
        if (_mapB.Length < b.ShingleCount)
            _mapB = new int[b.ShingleCount * 2];

        var scanned = Choose(a, b);
        if (!ReferenceEquals(_tabled, _loaded))
            Tabulate(_loaded!);
        var (found, distinct) = Scan(scanned, ReferenceEquals(_loaded, b) ? _mapA : _mapB);
        return InOrder(b, found, distinct + _loaded!.ShingleCount - _distinctCount);
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

    // Which of the two is looked up in the other. One text is compared with several others in a row, now as the first and now as the second.
    private Fingerprint Choose(Fingerprint a, Fingerprint b)
    {
        if (!ReferenceEquals(_loaded, a) && !ReferenceEquals(_loaded, b))
        {
            _loaded = ReferenceEquals(_last, b) ? b : a;
            // It may be the one that was scanned last.
            if (_scannedShingles.IsOf(_loaded))
                (_loadedShingles, _scannedShingles) = (_scannedShingles, _loadedShingles);
            _filter.Read(_loadedShingles.Of(_loaded));
        }

        return _last = ReferenceEquals(_loaded, b) ? a : b;
    }

    private (int A, int B) InOrder(Fingerprint b, int scanned, int loaded) => ReferenceEquals(_loaded, b) ? (scanned, loaded) : (loaded, scanned);

    private void Tabulate(Fingerprint print)
    {
        _tabled = print;
        var shingles = _loadedShingles.Of(print);
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

        // Without checks of bounds: the mask is less than the table is long, and the others are as long as there are shingles.
        ref var table = ref MemoryMarshal.GetArrayDataReference(_table);
        var mask = (uint)_mask;
        var first = _first.AsSpan(0, shingles.Length);
        var distinct = _distinct.AsSpan(0, shingles.Length);
        var count = 0;
        for (var i = 0; i < shingles.Length; i++)
        {
            var shingle = shingles[i];
            var at = shingle & mask;
            var entry = Unsafe.Add(ref table, at);
            while (entry != 0 && (uint)(entry >> 32) != shingle)
                entry = Unsafe.Add(ref table, at = (at + 1) & mask);
            if (entry == 0)
            {
                first[count] = i;
                Unsafe.Add(ref table, at) = entry = ((ulong)shingle << 32) | (uint)++count;
            }

            distinct[i] = (int)(uint)entry - 1;
        }

        _distinctCount = count;
    }

    // How many shingles of a text stand in the loaded one, and how many different ones.
    private (int Found, int Distinct) Scan(Fingerprint scanned, int[] scannedMap)
    {
        int found = 0, distinctFound = 0;
        var firstOther = _firstOther.AsSpan(0, _distinctCount);
        firstOther.Fill(-1);
        var shingles = _scannedShingles.Of(scanned);
        // Without checks of bounds, see above.
        ref var table = ref MemoryMarshal.GetArrayDataReference(_table);
        var (mask, first, filter) = ((uint)_mask, _first, _filter);
        var map = scannedMap.AsSpan(0, shingles.Length);
        var loaded = _loadedShingles.Of(_loaded!);
        // Where no shingle of the loaded text stands twice, its places are its numbers, and what follows a shingle there mostly follows it here, too.
        var isPlain = _distinctCount == loaded.Length;
        var (next, wait) = (0, 0);
        for (var i = 0; i < shingles.Length; i++)
        {
            if (next > 0 && next < loaded.Length && loaded[next] == shingles[i] && firstOther[next] < 0)
            {
                var run = 0;
                if (i >= wait)
                {
                    run = Run(shingles[i..], loaded[next..], firstOther[next..], map[i..], i, next);
                    wait = i + run + Vector256<int>.Count;
                }

                if (run == 0)
                {
                    (map[i], firstOther[next]) = (next, i);
                    run = 1;
                }

                found += run;
                distinctFound += run;
                next += run;
                i += run - 1;
                continue;
            }

            var shingle = shingles[i];
            if (!filter.MayHold(shingle))
            {
                map[i] = -1;
                continue;
            }

            var at = shingle & mask;
            var entry = Unsafe.Add(ref table, at);
            while (entry != 0 && (uint)(entry >> 32) != shingle)
                entry = Unsafe.Add(ref table, at = (at + 1) & mask);
            if (entry == 0)
            {
                map[i] = -1;
                continue;
            }

            var distinct = (int)(uint)entry - 1;
            map[i] = first[distinct];
            found++;
            if (firstOther[distinct] >= 0)
                continue;
            firstOther[distinct] = i;
            distinctFound++;
            next = isPlain ? distinct + 1 : 0;
        }

        return (found, distinctFound);
    }

    // Shingles that follow each other in both texts, none of which was found before; how many, a multiple of what is looked at at once.
    private static int Run(ReadOnlySpan<uint> shingles, ReadOnlySpan<uint> loaded, Span<int> firstOther, Span<int> map, int place, int loadedPlace)
    {
        var run = 0;
        for (var most = Math.Min(shingles.Length, loaded.Length); run + Vector256<uint>.Count <= most; run += Vector256<uint>.Count)
        {
            if (Vector256.Create(shingles[run..]) != Vector256.Create(loaded[run..]) || Vector256.Create<int>(firstOther[run..]) != Vector256<int>.AllBitsSet)
                break;
            (Vector256<int>.Indices + Vector256.Create(loadedPlace + run)).CopyTo(map[run..]);
            (Vector256<int>.Indices + Vector256.Create(place + run)).CopyTo(firstOther[run..]);
        }

        return run;
    }
}
