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

    private int[] _mapA = [];
    private int[] _mapB = [];

    /// <summary>Compares two texts.</summary>
    public PassageComparison Compare(Fingerprint a, Fingerprint b)
    {
        var lengthA = a.ShinglesByPosition.Length;
        var lengthB = b.ShinglesByPosition.Length;
        if (_mapA.Length < lengthA)
            _mapA = new int[lengthA * 2];
        if (_mapB.Length < lengthB)
            _mapB = new int[lengthB * 2];
        var mapA = _mapA.AsSpan(0, lengthA);
        var mapB = _mapB.AsSpan(0, lengthB);
        mapA.Fill(-1);
        mapB.Fill(-1);
        Match(a.Sorted, b.Sorted, mapA, mapB);

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
            HeadA = Head(a, mapA),
            HeadB = Head(b, mapB),
            CoverageA = Coverage(a, mapA),
            CoverageB = Coverage(b, mapB),
        };
        return Align(a, b, mapA, mapB, comparison);
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : Math.Min(1, (double)part / whole);

    // Equal hashes are paired in the order of their positions; surplus repeats still count as shared.
    private static void Match(ulong[] a, ulong[] b, Span<int> mapA, Span<int> mapB)
    {
        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            var hashA = a[i] >> 32;
            var hashB = b[j] >> 32;
            if (hashA < hashB)
            {
                i++;
            }
            else if (hashB < hashA)
            {
                j++;
            }
            else
            {
                int endA = i, endB = j;
                while (endA < a.Length && a[endA] >> 32 == hashA)
                    endA++;
                while (endB < b.Length && b[endB] >> 32 == hashA)
                    endB++;
                for (var n = 0; n < endA - i; n++)
                    mapA[(int)(uint)a[i + n]] = (int)(uint)b[Math.Min(j + n, endB - 1)];
                for (var n = 0; n < endB - j; n++)
                    mapB[(int)(uint)b[j + n]] = (int)(uint)a[Math.Min(i + n, endA - 1)];
                (i, j) = (endA, endB);
            }
        }
    }

    private static (int Weight, int Count) Shared(Fingerprint print, ReadOnlySpan<int> map)
    {
        int weight = 0, count = 0;
        for (var i = 0; i < map.Length; i++)
        {
            if (map[i] < 0)
                continue;
            weight += print.Weights[i];
            count++;
        }

        return (weight, count);
    }

    private static ulong Coverage(Fingerprint print, ReadOnlySpan<int> map)
    {
        var coverage = 0UL;
        for (var part = 0; part < 64; part++)
        {
            var start = (int)((long)map.Length * part / 64);
            var end = (int)((long)map.Length * (part + 1) / 64);
            var found = 0;
            for (var i = start; i < end; i++)
            {
                if (map[i] >= 0 && print.Weights[i] > 0)
                    found++;
            }

            if (found * 2 > end - start)
                coverage |= 1UL << part;
        }

        return coverage;
    }

    private static double Head(Fingerprint print, ReadOnlySpan<int> map)
    {
        int seen = 0, found = 0;
        for (var i = 0; i < map.Length && seen < HeadShingles * Fingerprint.FullWeight; i++)
        {
            seen += print.Weights[i];
            if (map[i] >= 0)
                found += print.Weights[i];
        }

        return Share(found, seen);
    }

    private static PassageComparison Align(Fingerprint a, Fingerprint b, ReadOnlySpan<int> mapA, ReadOnlySpan<int> mapB, PassageComparison comparison)
    {
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
                weight += a.Weights[i];
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
