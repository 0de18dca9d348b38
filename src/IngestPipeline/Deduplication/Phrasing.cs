namespace IngestPipeline.Deduplication;

/// <summary>The words and word pairs of an article, by which a retelling of one report is told from an independent report.</summary>
internal sealed class Phrasing
{
    private readonly (ulong Gram, int Weight)[] _words;
    private readonly (ulong Gram, int Weight)[] _pairs;
    private readonly HashSet<uint> _numbers = [];

    /// <param name="text">The article's text. What it quotes is left out: independent reports quote the same words.</param>
    public Phrasing(TokenizedText text)
    {
        var told = new List<uint>(text.Count);
        for (var i = 0; i < text.Count; i++)
        {
            if ((text.Kinds[i] & TokenKinds.Quoted) == TokenKinds.None)
                told.Add(text.Hashes[i]);
        }

        _words = Grams([.. told], 1);
        // Word pairs without the commonest words, so that "killed in" and "killed at" tell the same.
        _pairs = Grams([.. told.FindAll(t => BackgroundWords.Rarity(t) > 40)], 2);
        for (var i = 0; i < text.Count; i++)
        {
            if ((text.Kinds[i] & TokenKinds.Number) != TokenKinds.None)
                _numbers.Add(text.Hashes[i]);
        }
    }

    /// <summary>Shares of weight that two texts have in common, in 1/10,000: of words on the mean and of word pairs at the least.</summary>
    public (int Words, int Pairs) Shared(Phrasing other)
    {
        var (wordsA, wordsB) = Shares(_words, other._words);
        var (pairsA, pairsB) = Shares(_pairs, other._pairs);
        return ((wordsA + wordsB) / 2, Math.Min(pairsA, pairsB));
    }

    /// <summary>True when both texts give several numbers and hardly the same ones.</summary>
    public bool GivesOtherNumbers(Phrasing other)
    {
        var (fewer, more) = _numbers.Count <= other._numbers.Count ? (_numbers, other._numbers) : (other._numbers, _numbers);
        return fewer.Count >= 3 && fewer.Count(more.Contains) < 0.4 * fewer.Count;
    }

    private static (int A, int B) Shares((ulong Gram, int Weight)[] a, (ulong Gram, int Weight)[] b)
    {
        long shared = 0, totalA = 0, totalB = 0;
        foreach (var (_, weight) in a)
            totalA += weight;
        foreach (var (_, weight) in b)
            totalB += weight;
        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            if (a[i].Gram < b[j].Gram)
                i++;
            else if (a[i].Gram > b[j].Gram)
                j++;
            else
                (shared, i, j) = (shared + a[i].Weight, i + 1, j + 1);
        }

        return totalA == 0 || totalB == 0 ? (0, 0) : ((int)(shared * 10_000 / totalA), (int)(shared * 10_000 / totalB));
    }

    private static (ulong Gram, int Weight)[] Grams(uint[] tokens, int size)
    {
        var count = Math.Max(0, tokens.Length - size + 1);
        var (grams, weights) = (new ulong[count], new int[count]);
        for (var i = 0; i < count; i++)
        {
            for (var n = 0; n < size; n++)
            {
                grams[i] = (grams[i] * 0x9E3779B97F4A7C15) + tokens[i + n];
                weights[i] += Math.Max(0, BackgroundWords.Rarity(tokens[i + n]) - 32);
            }
        }

        // Equal grams have equal weights and count once.
        Array.Sort(grams, weights);
        var distinct = new List<(ulong, int)>(count);
        for (var i = 0; i < count; i++)
        {
            if (i == 0 || grams[i] != grams[i - 1])
                distinct.Add((grams[i], weights[i]));
        }

        return [.. distinct];
    }
}
