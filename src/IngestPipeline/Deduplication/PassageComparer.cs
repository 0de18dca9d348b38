namespace IngestPipeline.Deduplication;

/// <summary>Compares two fingerprints shingle by shingle and aligns what they share.</summary>
internal sealed class PassageComparer
{
    /// <summary>Weighted shingles that make the head of a text.</summary>
    private const int HeadShingles = 40;

    /// <summary>Containment below which texts that share few shingles are not aligned.</summary>
    private const double LeastContainment = 0.1;

    /// <summary>Shared shingles from which texts are aligned all the same.</summary>
    private const int LeastShared = 30;

    private readonly ShingleMatcher _matcher = new();
    private readonly ShingleBits _bitsA = new();
    private readonly ShingleBits _bitsB = new();

    /// <summary>Compares two texts. What they hardly share is not aligned.</summary>
    public PassageComparison Compare(Fingerprint a, Fingerprint b)
    {
        _matcher.Scan(a, b);
        return CompareScanned(a, b);
    }

    /// <summary>As <see cref="Compare"/>; null where it would not align the two, which is told before the comparison is whole.</summary>
    public PassageComparison? CompareIfShared(Fingerprint a, Fingerprint b)
    {
        if (IsLittle(a, b, _matcher.Most(a, b)) || IsLittle(a, b, _matcher.Scan(a, b)))
            return null;
        return CompareScanned(a, b);
    }

    /// <summary>True when one text has at least a share of the other's weight.</summary>
    public bool Contains(Fingerprint a, Fingerprint b, double share) =>
        MostContained(a, b, _matcher.Most(a, b)) >= share && MostContained(a, b, _matcher.Scan(a, b)) >= share && CompareScanned(a, b).Containment >= share;

    private static bool IsLittle(Fingerprint a, Fingerprint b, (int A, int B) most) =>
        MostContained(a, b, most) < LeastContainment && Math.Max(most.A, most.B) < LeastShared;

    // The containment when so many shingles at the most stand in the other text.
    private static double MostContained(Fingerprint a, Fingerprint b, (int A, int B) most) =>
        Math.Max(Share(most.A * Fingerprint.FullWeight, a.TotalWeight), Share(most.B * Fingerprint.FullWeight, b.TotalWeight));

    private PassageComparison CompareScanned(Fingerprint a, Fingerprint b)
    {
        var lengthA = a.ShingleCount;
        var lengthB = b.ShingleCount;
        var (placesA, placesB) = _matcher.Places(a, b);
        var mapA = placesA.Span;
        var mapB = placesB.Span;

        _bitsA.Read(mapA);
        _bitsB.Read(mapB);

        var (plainA, plainB) = (_bitsA.CountBefore(lengthA), _bitsB.CountBefore(lengthB));
        var (sharedA, sharedB) = (Shared(a, mapA, plainA), Shared(b, mapB, plainB));
        var comparison = new PassageComparison
        {
            SharedA = sharedA,
            SharedB = sharedB,
            ContainedA = Share(sharedA, a.TotalWeight),
            ContainedB = Share(sharedB, b.TotalWeight),
            PlainA = Share(plainA, lengthA),
            PlainB = Share(plainB, lengthB),
            Resemblance = Share(Math.Min(sharedA, sharedB), a.TotalWeight + b.TotalWeight - Math.Min(sharedA, sharedB)),
        };
        if (comparison.Containment < LeastContainment && Math.Max(plainA, plainB) < LeastShared)
            return comparison;
        comparison = comparison with
        {
            HeadA = Head(a, mapA, _bitsA),
            HeadB = Head(b, mapB, _bitsB),
            CoverageA = Coverage(a, mapA, _bitsA),
            CoverageB = Coverage(b, mapB, _bitsB),
        };
        return PassageAlignment.Align(a, b, mapA, mapB, _bitsA, comparison);
    }

    /// <summary>A part of a whole, 0 to 1.</summary>
    public static double Share(int part, int whole) => whole == 0 ? 0 : Math.Min(1, (double)part / whole);

    // The weight of the shingles that were found.
    private static int Shared(Fingerprint print, ReadOnlySpan<int> map, int count)
    {
        if (print.IsFull)
            return count * Fingerprint.FullWeight;
        var weight = 0;
        var weights = print.Weights;
        for (var i = 0; i < map.Length; i++)
            weight += map[i] < 0 ? 0 : weights[i];
        return weight;
    }

    private static ulong Coverage(Fingerprint print, ReadOnlySpan<int> map, ShingleBits bits)
    {
        if (print.IsFull)
            return bits.Coverage(map.Length);
        var coverage = 0UL;
        var weights = print.Weights;
        for (int part = 0, start = 0, end; part < 64; part++, start = end)
        {
            end = (int)((long)map.Length * (part + 1) / 64);
            var found = 0;
            for (var i = start; i < end; i++)
                found += map[i] >= 0 & weights[i] > 0 ? 1 : 0;
            if (found * 2 > end - start)
                coverage |= 1UL << part;
        }

        return coverage;
    }

    private static double Head(Fingerprint print, ReadOnlySpan<int> map, ShingleBits bits)
    {
        if (print.IsFull)
        {
            var head = Math.Min(HeadShingles, map.Length);
            return Share(bits.CountBefore(head), head);
        }

        int seen = 0, found = 0;
        var weights = print.Weights;
        for (var i = 0; i < map.Length && seen < HeadShingles * Fingerprint.FullWeight; i++)
        {
            seen += weights[i];
            if (map[i] >= 0)
                found += weights[i];
        }

        return Share(found, seen);
    }
}
