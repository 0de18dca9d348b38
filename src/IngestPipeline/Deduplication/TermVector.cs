using System.Runtime.InteropServices;

namespace IngestPipeline.Deduplication;

/// <summary>The telling words of an article, weighted, for recognising other reports on the same event.</summary>
/// <param name="Terms">The words' hashes, ascending.</param>
/// <param name="Weights">Their weights, scaled so that the vector's length is <see cref="Scale"/>.</param>
/// <param name="Keys">The weightiest of the words, by which other reports are found.</param>
internal sealed record TermVector(uint[] Terms, int[] Weights, uint[] Keys)
{
    /// <summary>The length of every vector that is not empty.</summary>
    public const int Scale = 4096;

    /// <summary>Words that make a vector.</summary>
    private const int MaxTerms = 50;

    /// <summary>Words by which a report is found.</summary>
    private const int MaxKeys = 16;

    /// <summary>Words less rare than this say nothing of the event, in sixteenths of a bit.</summary>
    private const int LeastRarity = 2 * 16;

    /// <summary>Tokens at the head of a text, which say what it is about and count more.</summary>
    private const int LeadTokens = 100;

    /// <summary>The vector of an article: tf-idf with logarithmic counts; the headline, the lead and names count more.</summary>
    public static TermVector Of(Fingerprint print)
    {
        var counts = new Dictionary<uint, (int Halves, bool Name)>(print.Text.Count / 2);
        Count(print.OwnText(), LeadTokens, 2, 3, counts);
        Count(print.Title, int.MaxValue, 4, 4, counts);
        var weighted = new List<(uint Term, double Weight)>(counts.Count);
        foreach (var (term, (halves, name)) in counts)
        {
            var rarity = BackgroundWords.Rarity(term) - LeastRarity;
            if (rarity > 0)
                weighted.Add((term, (1 + Math.Log2(halves / 2.0)) * rarity * (name ? 1.5 : 1)));
        }

        weighted.Sort((x, y) => y.Weight.CompareTo(x.Weight) is var byWeight && byWeight != 0 ? byWeight : x.Term.CompareTo(y.Term));
        if (weighted.Count > MaxTerms)
            weighted.RemoveRange(MaxTerms, weighted.Count - MaxTerms);
        var keys = weighted.Take(MaxKeys).Select(w => w.Term).ToArray();
        var length = Math.Sqrt(weighted.Sum(w => w.Weight * w.Weight));
        weighted.Sort((x, y) => x.Term.CompareTo(y.Term));
        return new([.. weighted.Select(w => w.Term)], [.. weighted.Select(w => (int)Math.Round(w.Weight / length * Scale))], keys);
    }

    /// <summary>The cosine of two vectors in 1/10,000.</summary>
    public int Cosine(TermVector other)
    {
        long dot = 0;
        int i = 0, j = 0;
        while (i < Terms.Length && j < other.Terms.Length)
        {
            if (Terms[i] < other.Terms[j])
                i++;
            else if (Terms[i] > other.Terms[j])
                j++;
            else
                dot += (long)Weights[i++] * other.Weights[j++];
        }

        return (int)(dot * 10_000 / ((long)Scale * Scale));
    }

    private static void Count(TokenizedText text, int lead, int weight, int leadWeight, Dictionary<uint, (int Halves, bool Name)> counts)
    {
        for (var i = 0; i < text.Count; i++)
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, text.Hashes[i], out _);
            entry.Halves += i < lead ? leadWeight : weight;
            entry.Name |= (text.Kinds[i] & (TokenKinds.Capital | TokenKinds.SentenceStart)) == TokenKinds.Capital;
        }
    }
}
