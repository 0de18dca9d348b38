using System.Collections.Frozen;
using IngestPipeline.Extraction.Metadata;

namespace IngestPipeline.Extraction.Languages;

/// <summary>The words and letter groups of the languages of one script, from <c>languages.table.txt</c>.</summary>
/// <remarks>
/// Words weigh by how few languages share them (an inverse document frequency); letter groups are the three-letter windows of the words, as in
/// W. B. Cavnar and J. M. Trenkle, "N-Gram-Based Text Categorization" (1994), and help where a text is too short for words.
/// </remarks>
internal sealed class LanguageModel
{
    /// <summary>The longest word that may be scored.</summary>
    public const int MaxWord = 24;

    private const int MaxGrams = 20;
    private readonly FrozenDictionary<ulong, (int Language, int Weight)[]> _words;
    private readonly FrozenDictionary<ulong, (int Language, int Weight)[]> _grams;
    private readonly string[] _tags;

    private LanguageModel(IReadOnlyList<(string Tag, string[] Words)> languages)
    {
        _tags = [.. languages.Select(l => l.Tag)];
        var byWord = new Dictionary<string, List<(int Language, int Weight)>>(StringComparer.Ordinal);
        var byGram = new Dictionary<string, List<(int Language, int Weight)>>(StringComparer.Ordinal);
        for (var i = 0; i < languages.Count; i++)
        {
            var words = languages[i].Words.Distinct(StringComparer.Ordinal).ToList();
            foreach (var word in words)
                Add(byWord, word, i, 1);
            foreach (var gram in words.SelectMany(Grams).GroupBy(g => g, StringComparer.Ordinal))
                Add(byGram, gram.Key, i, Math.Min(4, gram.Count()));
        }

        Weigh(byWord, 1200);
        Weigh(byGram, 150);
        _words = byWord.ToFrozenDictionary(p => HashOf(p.Key), p => p.Value.ToArray());
        _grams = byGram.ToFrozenDictionary(p => KeyOf(p.Key), p => p.Value.ToArray());
    }

    /// <summary>The languages.</summary>
    public IReadOnlyList<string> Tags => _tags;

    /// <summary>The models by script.</summary>
    public static IReadOnlyDictionary<LetterScript, LanguageModel> ByScript { get; } = Read();

    /// <summary>Adds a word's weight for each language, in thousandths of a word that only one language has.</summary>
    /// <param name="word">The word in lower case, at most <see cref="MaxWord"/> letters.</param>
    /// <param name="withGrams">True to add the weights of its letter groups.</param>
    /// <param name="scores">A score for each of <see cref="Tags"/>.</param>
    /// <returns>True when any language knows the word.</returns>
    public bool Score(ReadOnlySpan<char> word, bool withGrams, Span<int> scores)
    {
        var known = _words.TryGetValue(HashOf(word), out var found);
        if (known)
            Add(found!, scores);
        if (!withGrams)
            return known;

        Span<char> padded = stackalloc char[MaxWord + 2];
        padded.Fill(' ');
        word.CopyTo(padded[1..]);
        for (var i = 0; i + 3 <= word.Length + 2 && i < MaxGrams; i++)
        {
            if (_grams.TryGetValue(KeyOf(padded.Slice(i, 3)), out var weights))
                Add(weights, scores);
        }

        return known;
    }

    private static void Add((int Language, int Weight)[] weights, Span<int> scores)
    {
        foreach (var (language, weight) in weights)
            scores[language] += weight;
    }

    // FNV-1a.
    private static ulong HashOf(ReadOnlySpan<char> word)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in word)
            hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }

    private static ulong KeyOf(ReadOnlySpan<char> gram) => ((ulong)gram[0] << 32) | ((ulong)gram[1] << 16) | gram[2];

    private static IEnumerable<string> Grams(string word)
    {
        var padded = " " + word + " ";
        for (var i = 0; i + 3 <= padded.Length && i < MaxGrams; i++)
            yield return padded.Substring(i, 3);
    }

    private static void Add(Dictionary<string, List<(int, int)>> table, string key, int language, int weight)
    {
        if (!table.TryGetValue(key, out var list))
            table[key] = list = [];
        list.Add((language, weight));
    }

    private static void Weigh(Dictionary<string, List<(int Language, int Weight)>> table, int unit)
    {
        foreach (var list in table.Values)
        {
            for (var i = 0; i < list.Count; i++)
                list[i] = (list[i].Language, list[i].Weight * unit / (list.Count + 1));
        }
    }

    private static Dictionary<LetterScript, LanguageModel> Read() =>
        DataTable.Lines("languages.table.txt")
            .Select(line => (Tag: line[..line.IndexOf(':', StringComparison.Ordinal)], Words: line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            .GroupBy(l => LetterScripts.Of(l.Words[0][0]))
            .ToDictionary(g => g.Key, g => new LanguageModel([.. g]));
}
