namespace IngestPipeline.Deduplication;

/// <summary>The words and word pairs of an article, by which a retelling of one report is told from an independent report.</summary>
internal sealed class Phrasing
{
    private const int WeightBits = 16;

    /// <summary>Words less rare than this weigh nothing, in sixteenths of a bit.</summary>
    private const int LeastRarity = 32;

    /// <summary>Words less rare than this, in sixteenths of a bit, stand in no pair, so that "killed in" and "killed at" tell the same.</summary>
    private const int LeastRarityOfPair = 41;

    // Each word or pair once, ascending: its hash in the upper 48 bits, its weight in the lower 16.
    private readonly ulong[] _words;
    private readonly ulong[] _pairs;
    private readonly HashSet<uint> _numbers = [];

    /// <summary>Of an article.</summary>
    public static Phrasing Of(Fingerprint print)
    {
        var text = print.OwnText();
        if (BackgroundWords.Know(text) || TermLanguages.Of(print) is not { } language)
            return new(text, null);
        var terms = language.Read(print.Text, print.OwnTokens());
        return new(terms.Text, terms.Rarities);
    }

    /// <param name="text">The article's text. What it quotes is left out: independent reports quote the same words.</param>
    /// <param name="rarities">How rare its words are by estimate; null for measured ones.</param>
    private Phrasing(TokenizedText text, byte[]? rarities)
    {
        var words = new List<ulong>(text.Count);
        var pairs = new List<ulong>(text.Count);
        var (previous, previousRarity) = (0U, 0);
        for (var i = 0; i < text.Count; i++)
        {
            var word = text.Hashes[i];
            if ((text.Kinds[i] & TokenKinds.Number) != TokenKinds.None)
                _numbers.Add(word);
            if ((text.Kinds[i] & TokenKinds.Quoted) != TokenKinds.None)
                continue;
            var rarity = rarities?[i] ?? BackgroundWords.Rarity(word);
            words.Add(Gram((ulong)word << 32, Weight(rarity)));
            if (rarity < LeastRarityOfPair)
                continue;
            if (previousRarity > 0)
                pairs.Add(Gram(((previous * 0x9E3779B97F4A7C15) + word) * 0xBF58476D1CE4E5B9, Weight(previousRarity) + Weight(rarity)));
            (previous, previousRarity) = (word, rarity);
        }

        _words = Distinct(words);
        _pairs = Distinct(pairs);
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

    private static (int A, int B) Shares(ulong[] a, ulong[] b)
    {
        long shared = 0, totalA = 0, totalB = 0;
        foreach (var gram in a)
            totalA += (ushort)gram;
        foreach (var gram in b)
            totalB += (ushort)gram;
        int i = 0, j = 0;
        while (i < a.Length && j < b.Length)
        {
            // Equal hashes have equal weights.
            if (a[i] < b[j])
                i++;
            else if (a[i] > b[j])
                j++;
            else
                (shared, i, j) = (shared + (ushort)a[i], i + 1, j + 1);
        }

        return totalA == 0 || totalB == 0 ? (0, 0) : ((int)(shared * 10_000 / totalA), (int)(shared * 10_000 / totalB));
    }

    private static int Weight(int rarity) => Math.Max(0, rarity - LeastRarity);

    private static ulong Gram(ulong hash, int weight) => (hash >> WeightBits << WeightBits) | (uint)weight;

    private static ulong[] Distinct(List<ulong> grams)
    {
        grams.Sort();
        var count = 0;
        for (var i = 0; i < grams.Count; i++)
        {
            if (i == 0 || grams[i] != grams[i - 1])
                grams[count++] = grams[i];
        }

        grams.RemoveRange(count, grams.Count - count);
        return [.. grams];
    }
}
