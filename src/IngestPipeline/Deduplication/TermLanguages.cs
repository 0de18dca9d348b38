using System.Collections.Frozen;
using IngestPipeline.Extraction.Languages;
using IngestPipeline.Extraction.Metadata;

namespace IngestPipeline.Deduplication;

/// <summary>The languages whose words are estimated, from <c>languages.table.txt</c> and <c>common-words.table.txt</c>.</summary>
internal static class TermLanguages
{
    /// <summary>Tokens by which a language is told.</summary>
    private const int MostTokens = 300;

    /// <summary>Share of a text's words that are common ones in its language, of which running text has a third or more.</summary>
    private const double LeastCommon = 0.2;

    /// <summary>As <see cref="LeastCommon"/> where characters are tokens: nothing but these languages has them.</summary>
    private const double LeastCommonCharacters = 0.1;

    // The language of measured rarities, told from the others only.
    private const string Measured = "en";

    // Hiragana, which writes the grammar of Japanese.
    private static readonly string Hiragana = string.Concat(Enumerable.Range(0x3041, 0x3096 - 0x3041 + 1).Select(c => (char)c));

    private static readonly TermLanguage[] All = Read();

    private static readonly FrozenDictionary<string, TermLanguage> ByTag = All.ToFrozenDictionary(l => l.Tag, StringComparer.Ordinal);

    // The places in the list of all of the languages that share a common word.
    private static readonly FrozenDictionary<uint, byte[]> Sharing = All
        .SelectMany((language, i) => language.Common.Select(word => (Word: word, At: (byte)i)))
        .GroupBy(w => w.Word, w => w.At)
        .ToFrozenDictionary(w => w.Key, w => w.ToArray());

    /// <summary>The language of an article, as it is said and its words confirm, or as its words tell; null when neither is sure.</summary>
    public static TermLanguage? Of(Fingerprint print)
    {
        var tokens = print.Text.Hashes[..Math.Min(MostTokens, print.Text.Count)];
        if (LanguageDetector.Primary(print.Document.Language) is { } said and not Measured
            && ByTag.TryGetValue(said, out var language)
            && Share(language, tokens) >= Least(language))
            return language;
        return Told(tokens);
    }

    // The language with the most common words.
    private static TermLanguage? Told(ReadOnlySpan<uint> tokens)
    {
        Span<int> counts = stackalloc int[All.Length];
        counts.Clear();
        foreach (var token in tokens)
        {
            if (!Sharing.TryGetValue(token, out var languages))
                continue;
            foreach (var at in languages)
                counts[at]++;
        }

        var best = 0;
        for (var i = 1; i < counts.Length; i++)
            best = counts[i] > counts[best] ? i : best;
        return counts[best] > Least(All[best]) * tokens.Length && All[best].Tag != Measured ? All[best] : null;
    }

    private static double Least(TermLanguage language) => language.IsSpaceless ? LeastCommonCharacters : LeastCommon;

    private static double Share(TermLanguage language, ReadOnlySpan<uint> tokens)
    {
        var common = 0;
        foreach (var token in tokens)
            common += language.IsCommon(token) ? 1 : 0;
        return tokens.Length == 0 ? 0 : (double)common / tokens.Length;
    }

    private static TermLanguage[] Read() =>
    [
        .. DataTable.Lines("languages.table.txt").Concat(DataTable.Lines("common-words.table.txt"))
            .Append("ja: " + string.Join(' ', Hiragana.ToCharArray()))
            .Select(line => line.Split(':', 2))
            // Serbian has a line for each of its scripts.
            .GroupBy(part => part[0].Split('-')[0], part => part[1], StringComparer.Ordinal)
            .Select(words => new TermLanguage(words.Key, [.. words.SelectMany(w => w.Split(' ', StringSplitOptions.RemoveEmptyEntries)).SelectMany(Hashes)])),
    ];

    // A pair of characters has one hash, a word with a hyphen two.
    private static IEnumerable<uint> Hashes(string word)
    {
        var tokens = TokenizedText.From(word);
        return tokens.Count == 2 && word.Length == 2 ? [TermLanguage.PairOf(tokens.Hashes[0], tokens.Hashes[1])] : tokens.Hashes.ToArray();
    }
}
