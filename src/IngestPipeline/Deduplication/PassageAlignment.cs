namespace IngestPipeline.Deduplication;

/// <summary>Aligns the passages that two texts share: how long they run, what stands between them, and which facts are exchanged there.</summary>
internal static class PassageAlignment
{
    /// <summary>The longest gap, in tokens, between two shared passages in which exchanged facts are looked for.</summary>
    private const int MaxGap = 14;

    /// <summary>The longest gap, in tokens, that joins two shared passages.</summary>
    private const int MaxBridge = 8;

    /// <summary>Adds to a comparison what the order of the shared passages says.</summary>
    /// <param name="a">The first text.</param>
    /// <param name="b">The second text.</param>
    /// <param name="mapA">Where the shingles of the first stand in the second; negative for nowhere.</param>
    /// <param name="mapB">Where the shingles of the second stand in the first; negative for nowhere.</param>
    /// <param name="comparison">What is known.</param>
    public static PassageComparison Align(Fingerprint a, Fingerprint b, ReadOnlySpan<int> mapA, ReadOnlySpan<int> mapB, PassageComparison comparison)
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
            var from = Math.Max(start, previousEndA);
            if (from < endA)
            {
                // Without branches: which word is a number or a name is foreseen badly.
                foreach (var kind in a.Text.Kinds.AsSpan(from..endA))
                {
                    numbersShared += (int)(kind & TokenKinds.Number);
                    namesShared += (kind & (TokenKinds.Capital | TokenKinds.SentenceStart | TokenKinds.Number)) == TokenKinds.Capital ? 1 : 0;
                }
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
            BridgedA = PassageComparer.Share(comparison.SharedA + bridgedA, a.TotalWeight),
            BridgedB = PassageComparer.Share(comparison.SharedB + bridgedB, b.TotalWeight),
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
