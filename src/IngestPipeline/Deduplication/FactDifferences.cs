namespace IngestPipeline.Deduplication;

/// <summary>The numbers, names and dates that two texts give differently.</summary>
/// <remarks>
/// A text that leaves a detail out says nothing else than the other; facts differ when each has one of a sort that the other lacks: "12 on
/// Monday" against "15 on Monday", "in Oslo" against "in Bergen".
/// </remarks>
internal sealed class FactDifferences
{
    // English; in other languages dates differ by their numbers.
    private static readonly HashSet<uint> DateWords =
    [
        .. new[]
        {
            "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "june", "july",
            "august", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "aug", "sept", "oct", "nov", "dec", "yesterday", "tomorrow",
        }.Select(WordReader.HashOf),
    ];

    private readonly List<string> _a = [];
    private readonly List<string> _b = [];

    private FactDifferences()
    {
    }

    /// <summary>Facts of the first text that stand against others in the second.</summary>
    public IReadOnlyList<string> A => _a;

    /// <summary>Facts of the second text that stand against others in the first.</summary>
    public IReadOnlyList<string> B => _b;

    /// <summary>True when some fact differs.</summary>
    public bool Any => _a.Count > 0;

    /// <summary>Finds what differs.</summary>
    public static FactDifferences Between(Fingerprint a, string textA, Fingerprint b, string textB)
    {
        var found = new FactDifferences();
        var (allA, allB) = (a.Text.Hashes.ToArray().ToHashSet(), b.Text.Hashes.ToArray().ToHashSet());
        foreach (var sort in (Func<uint, TokenKinds, bool>[])[IsNumber, IsDate, IsName])
        {
            var (ofA, ofB) = (Own(a, textA, allB, sort), Own(b, textB, allA, sort));
            if (ofA.Count == 0 || ofB.Count == 0)
                continue;
            found._a.AddRange(ofA);
            found._b.AddRange(ofB);
        }

        return found;
    }

    private static List<string> Own(Fingerprint print, string text, HashSet<uint> other, Func<uint, TokenKinds, bool> sort)
    {
        text = TokenizedText.Normalize(text);
        var (starts, ends) = print.Text.ReadPlaces();
        var seen = new HashSet<uint>();
        var own = new List<string>();
        for (var i = 0; i < print.Text.Count; i++)
        {
            var hash = print.Text.Hashes[i];
            if (sort(hash, print.Text.Kinds[i]) && !other.Contains(hash) && seen.Add(hash))
                own.Add(text[starts[i]..ends[i]]);
        }

        return own;
    }

    private static bool IsNumber(uint hash, TokenKinds kinds) => TokenFacts.IsNumber(kinds);

    private static bool IsDate(uint hash, TokenKinds kinds) => DateWords.Contains(hash);

    private static bool IsName(uint hash, TokenKinds kinds) => TokenFacts.IsName(kinds) && !DateWords.Contains(hash);
}
