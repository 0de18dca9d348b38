using System.Runtime.Intrinsics;

namespace IngestPipeline.Deduplication;

/// <summary>Compares two fingerprints shingle by shingle and aligns what they share.</summary>
internal sealed class PassageComparer
{
    /// <summary>Weighted shingles that make the head of a text.</summary>
    private const int HeadShingles = 40;

    /// <summary>The longest gap, in tokens, between two shared passages in which exchanged facts are looked for.</summary>
    private const int MaxGap = 14;

    /// <summary>The longest gap, in tokens, that joins two shared passages.</summary>
    private const int MaxBridge = 8;

    /// <summary>Containment below which texts that share few shingles are not aligned.</summary>
    private const double LeastContainment = 0.1;

    /// <summary>Shared shingles from which texts are aligned all the same.</summary>
    private const int LeastShared = 30;

    private readonly ShingleMatcher _matcher = new();

    /// <summary>Compares two texts. What they hardly share is not aligned.</summary>
    public PassageComparison Compare(Fingerprint a, Fingerprint b)
    {
        _matcher.Scan(a, b);
        return CompareScanned(a, b);
    }

    /// <summary>As <see cref="Compare"/>; null where it would not align the two, which is told before the comparison is whole.</summary>
    public PassageComparison? CompareIfShared(Fingerprint a, Fingerprint b)
    {
        var (mostA, mostB) = _matcher.Scan(a, b);
        var contained = Math.Max(Share(mostA * Fingerprint.FullWeight, a.TotalWeight), Share(mostB * Fingerprint.FullWeight, b.TotalWeight));
        return contained < LeastContainment && Math.Max(mostA, mostB) < LeastShared ? null : CompareScanned(a, b);
    }

    private PassageComparison CompareScanned(Fingerprint a, Fingerprint b)
    {
        var lengthA = a.ShingleCount;
        var lengthB = b.ShingleCount;
        var (placesA, placesB) = _matcher.Places(a, b);
        var mapA = placesA.Span;
        var mapB = placesB.Span;

        var (sharedA, plainA) = Shared(a, mapA);
        var (sharedB, plainB) = Shared(b, mapB);
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
            HeadA = Head(a, mapA),
            HeadB = Head(b, mapB),
            CoverageA = Coverage(a, mapA),
            CoverageB = Coverage(b, mapB),
        };
        return Align(a, b, mapA, mapB, comparison);
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : Math.Min(1, (double)part / whole);

    private static (int Weight, int Count) Shared(Fingerprint print, ReadOnlySpan<int> map)
    {
        int weight = 0, count = 0;
        if (print.IsFull)
        {
            count = Found(map);
            return (count * Fingerprint.FullWeight, count);
        }

        var weights = print.Weights;
        for (var i = 0; i < map.Length; i++)
        {
            if (map[i] < 0)
                continue;
            weight += weights[i];
            count++;
        }

        return (weight, count);
    }

    // A place that was not found is negative.
    private static int Found(ReadOnlySpan<int> map)
    {
        var found = map.Length;
        var signs = Vector256<int>.Zero;
        for (; map.Length >= Vector256<int>.Count; map = map[Vector256<int>.Count..])
            signs += Vector256.Create(map) >> 31;
        foreach (var place in map)
            found += place >> 31;
        return found + Vector256.Sum(signs);
    }

    private static ulong Coverage(Fingerprint print, ReadOnlySpan<int> map)
    {
        var coverage = 0UL;
        var weights = print.Weights;
        for (int part = 0, start = 0, end; part < 64; part++, start = end)
        {
            end = (int)((long)map.Length * (part + 1) / 64);
            var found = 0;
            if (print.IsFull)
            {
                found = Found(map[start..end]);
            }
            else
            {
                for (var i = start; i < end; i++)
                    found += map[i] >= 0 & weights[i] > 0 ? 1 : 0;
            }

            if (found * 2 > end - start)
                coverage |= 1UL << part;
        }

        return coverage;
    }

    private static double Head(Fingerprint print, ReadOnlySpan<int> map)
    {
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

    private static PassageComparison Align(Fingerprint a, Fingerprint b, ReadOnlySpan<int> mapA, ReadOnlySpan<int> mapB, PassageComparison comparison)
    {
        var weights = a.Weights;
        int longest = 0, longestStart = 0, longestLength = 0;
        int numbersShared = 0, namesShared = 0, numbersExchanged = 0, namesExchanged = 0;
        int previousEndA = -1, previousEndB = -1;
        int bridgedA = 0, bridgedB = 0;
        var i = 0;
        while (i < mapA.Length)
        {
            if (mapA[i] < 0)
            {
                i++;
                continue;
            }

            var start = i;
            var weight = 0;
            do
            {
                weight += weights[i];
                i++;
            }
            while (i < mapA.Length && mapA[i] == mapA[i - 1] + 1);

            if (weight > longest)
                (longest, longestStart, longestLength) = (weight, start, i - start);

            var endA = Math.Min(i - 1 + Shingles.Size, a.Text.Count);
            for (var t = Math.Max(start, previousEndA); t < endA; t++)
            {
                if ((a.Text.Kinds[t] & TokenKinds.Number) != TokenKinds.None)
                    numbersShared++;
                else if (IsName(a.Text.Kinds[t]))
                    namesShared++;
            }

            if (previousEndA >= 0)
            {
                bridgedA += Bridge(a, previousEndA, start, previousEndB, mapA[start], mapA);
                bridgedB += Bridge(b, previousEndB, mapA[start], previousEndA, start, mapB);
                var (numbers, names) = Exchanged(a.Text, previousEndA, start, b.Text, previousEndB, mapA[start]);
                numbersExchanged += numbers;
                namesExchanged += names;
            }

            previousEndA = endA;
            previousEndB = Math.Min(mapA[i - 1] + Shingles.Size, b.Text.Count);
        }

        return comparison with
        {
            BridgedA = Share(comparison.SharedA + bridgedA, a.TotalWeight),
            BridgedB = Share(comparison.SharedB + bridgedB, b.TotalWeight),
            LongestRun = longest,
            LongestRunStartA = longestStart,
            LongestRunLength = longestLength,
            NumbersShared = numbersShared,
            NumbersExchanged = numbersExchanged,
            NamesShared = namesShared,
            NamesExchanged = namesExchanged,
        };
    }

    private static (int Numbers, int Names) Exchanged(TokenizedText a, int startA, int endA, TokenizedText b, int startB, int endB)
    {
        if (endA <= startA || endB <= startB || endA - startA > MaxGap || endB - startB > MaxGap)
            return (0, 0);
        int numbersA = 0, numbersB = 0, namesA = 0, namesB = 0;
        for (var i = startA; i < endA; i++)
        {
            if (Holds(b, startB, endB, a.Hashes[i]))
                continue;
            if ((a.Kinds[i] & TokenKinds.Number) != TokenKinds.None)
                numbersA++;
            else if (IsName(a.Kinds[i]))
                namesA++;
        }

        for (var i = startB; i < endB; i++)
        {
            if (Holds(a, startA, endA, b.Hashes[i]))
                continue;
            if ((b.Kinds[i] & TokenKinds.Number) != TokenKinds.None)
                numbersB++;
            else if (IsName(b.Kinds[i]))
                namesB++;
        }

        return (Math.Min(numbersA, numbersB), Math.Min(namesA, namesB));
    }

    // The unshared shingles between two shared passages, when both texts have only a few words there. Shingles that reach into the gap
    // start up to a shingle's length before it.
    private static int Bridge(Fingerprint print, int gapStart, int gapEnd, int otherStart, int otherEnd, ReadOnlySpan<int> map)
    {
        if (gapEnd < gapStart - Shingles.Size || otherEnd < otherStart - Shingles.Size || gapEnd - gapStart > MaxBridge || otherEnd - otherStart > MaxBridge)
            return 0;
        var weight = 0;
        for (var i = Math.Max(0, gapStart - Shingles.Size + 1); i < gapEnd; i++)
        {
            if (map[i] < 0)
                weight += print.Weights[i];
        }

        return weight;
    }

    private static bool Holds(TokenizedText text, int start, int end, uint hash)
    {
        for (var i = start; i < end; i++)
        {
            if (text.Hashes[i] == hash)
                return true;
        }

        return false;
    }

    private static bool IsName(TokenKinds kinds) => (kinds & (TokenKinds.Capital | TokenKinds.SentenceStart)) == TokenKinds.Capital;
}
