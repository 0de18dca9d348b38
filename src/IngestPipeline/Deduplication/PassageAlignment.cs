using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IngestPipeline.Deduplication;

/// <summary>Aligns the passages that two texts share: how long they run, what stands between them, and which facts are exchanged there.</summary>
internal static class PassageAlignment
{
    /// <summary>The longest gap, in tokens, between two shared passages in which exchanged facts are looked for.</summary>
    private const int MaxGap = 14;

    /// <summary>The longest beginning, in tokens, in which exchanged facts are looked for: a name, an age, a place and a day.</summary>
    private const int MaxStart = 28;

    /// <summary>The longest gap, in tokens, that joins two shared passages.</summary>
    private const int MaxBridge = 8;

    /// <summary>Adds to a comparison what the order of the shared passages says.</summary>
    /// <param name="a">The first text.</param>
    /// <param name="b">The second text.</param>
    /// <param name="mapA">Where the shingles of the first stand in the second; negative for nowhere.</param>
    /// <param name="mapB">Where the shingles of the second stand in the first; negative for nowhere.</param>
    /// <param name="foundA">Which shingles of the first stand in the second.</param>
    /// <param name="comparison">What is known.</param>
    public static PassageComparison Align(
        Fingerprint a, Fingerprint b, ReadOnlySpan<int> mapA, ReadOnlySpan<int> mapB, ShingleBits foundA, PassageComparison comparison)
    {
        var kindsA = a.Text.Kinds;
        int longest = 0, longestStart = 0, longestLength = 0;
        int numbersShared = 0, namesShared = 0, numbersExchanged = 0, namesExchanged = 0;
        int previousEndA = -1, previousEndB = -1;
        int bridgedA = 0, bridgedB = 0;
        for (var i = foundA.Next(0, mapA.Length); i < mapA.Length; i = foundA.Next(i, mapA.Length))
        {
            var start = i;
            i = EndOfRun(mapA, start);
            var weight = a.IsFull ? (i - start) * Fingerprint.FullWeight : Sum(a.Weights[start..i]);
            if (weight > longest)
                (longest, longestStart, longestLength) = (weight, start, i - start);

            var endA = Math.Min(i - 1 + Shingles.Size, a.Text.Count);
            var from = Math.Max(start, previousEndA);
            if (from < endA)
            {
                var (numbers, names) = Facts(kindsA[from..endA]);
                numbersShared += numbers;
                namesShared += names;
            }

            if (previousEndA < 0)
            {
                (numbersExchanged, namesExchanged) = ExchangedAtStart(a.Text, start, b.Text, mapA[start]);
            }
            else
            {
                bridgedA += Bridge(a, previousEndA, start, previousEndB, mapA[start], mapA);
                bridgedB += Bridge(b, previousEndB, mapA[start], previousEndA, start, mapB);
                var (otherNumbers, otherNames) = Exchanged(a.Text, previousEndA, start, b.Text, previousEndB, mapA[start]);
                numbersExchanged += otherNumbers;
                namesExchanged += otherNames;
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

    // The place behind the last of the shingles that follow each other in the other text, too.
    private static int EndOfRun(ReadOnlySpan<int> map, int start)
    {
        var end = start + 1;
        for (; end + Vector256<int>.Count <= map.Length; end += Vector256<int>.Count)
        {
            var follows = Vector256.Equals(Vector256.Create(map[end..]), Vector256.Create(map[(end - 1)..]) + Vector256<int>.One);
            if (follows != Vector256<int>.AllBitsSet)
                return end + BitOperations.TrailingZeroCount(~follows.ExtractMostSignificantBits());
        }

        while (end < map.Length && map[end] == map[end - 1] + 1)
            end++;
        return end;
    }

    private static int Sum(ReadOnlySpan<byte> weights)
    {
        var sum = 0;
        foreach (var weight in weights)
            sum += weight;
        return sum;
    }

    // Numbers among words, and names.
    private static (int Numbers, int Names) Facts(ReadOnlySpan<TokenKinds> kinds)
    {
        const byte Name = (byte)TokenFacts.NameMask;
        var (numbers, names) = (0, 0);
        var bytes = MemoryMarshal.AsBytes(kinds);
        for (; bytes.Length >= Vector256<byte>.Count; bytes = bytes[Vector256<byte>.Count..])
        {
            var words = Vector256.Create(bytes);
            // The number's is the lowest bit.
            numbers += BitOperations.PopCount((words << 7).ExtractMostSignificantBits());
            names += BitOperations.PopCount(
                Vector256.Equals(words & Vector256.Create(Name), Vector256.Create((byte)TokenKinds.Capital)).ExtractMostSignificantBits());
        }

        foreach (var word in bytes)
        {
            numbers += word & (int)TokenKinds.Number;
            names += (word & Name) == (int)TokenKinds.Capital ? 1 : 0;
        }

        return (numbers, names);
    }

    // "Greta Lund, 84, of Korsund, died on" against other facts; a paragraph or sentence of its own, as a byline or a dateline, says nothing of the report.
    private static (int Numbers, int Names) ExchangedAtStart(TokenizedText a, int endA, TokenizedText b, int endB) =>
        ((a.Kinds[endA] | b.Kinds[endB]) & TokenKinds.SentenceStart) == TokenKinds.None
            ? Exchanged(a, ParagraphOf(a.Kinds[..endA]), endA, b, ParagraphOf(b.Kinds[..endB]), endB, MaxStart)
            : (0, 0);

    private static int ParagraphOf(ReadOnlySpan<TokenKinds> kinds)
    {
        var at = kinds.Length - 1;
        while (at > 0 && (kinds[at] & TokenKinds.ParagraphStart) == TokenKinds.None)
            at--;
        return Math.Max(at, 0);
    }

    private static (int Numbers, int Names) Exchanged(TokenizedText a, int startA, int endA, TokenizedText b, int startB, int endB, int most = MaxGap)
    {
        if (endA <= startA || endB <= startB || endA - startA > most || endB - startB > most)
            return (0, 0);
        int numbersA = 0, numbersB = 0, namesA = 0, namesB = 0;
        var hashesA = a.Hashes[startA..endA];
        var hashesB = b.Hashes[startB..endB];
        var kindsA = a.Kinds[startA..endA];
        var kindsB = b.Kinds[startB..endB];
        for (var i = 0; i < hashesA.Length; i++)
        {
            if (hashesB.Contains(hashesA[i]))
                continue;
            if (TokenFacts.IsNumber(kindsA[i]))
                numbersA++;
            else if (TokenFacts.IsName(kindsA[i]))
                namesA++;
        }

        for (var i = 0; i < hashesB.Length; i++)
        {
            if (hashesA.Contains(hashesB[i]))
                continue;
            if (TokenFacts.IsNumber(kindsB[i]))
                numbersB++;
            else if (TokenFacts.IsName(kindsB[i]))
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
}
