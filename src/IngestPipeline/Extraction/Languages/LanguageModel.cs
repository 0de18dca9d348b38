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

    // Where a word's or letter group's weights stand in the list of all.
    private readonly HashedTable<(int From, int Count)> _words;
    private readonly HashedTable<(int From, int Count)> _grams;
    private readonly (short Language, short Weight)[] _weights;
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
        var weights = new List<(short Language, short Weight)>();
        _words = Place(byWord, w => Fnv1a.Of(w), weights);
        _grams = Place(byGram, g => KeyOf(g), weights);
        _weights = [.. weights];
    }

    /// <summary>The languages.</summary>
    public IReadOnlyList<string> Tags => _tags;

    /// <summary>The models by script.</summary>
    public static IReadOnlyDictionary<LetterScript, LanguageModel> ByScript { get; } = Read();

    /// <summary>A word as <see cref="Score"/> takes it; its place in memory is asked for, so that many words wait for memory at once.</summary>
    /// <param name="word">The word in lower case.</param>
    public ulong Fetch(ReadOnlySpan<char> word)
    {
        var key = Fnv1a.Of(word);
        _words.Fetch(key);
        return key;
    }

    /// <summary>Adds a word's weight for each language, in thousandths of a word that only one language has.</summary>
    /// <param name="word">The word, of <see cref="Fetch"/>.</param>
    /// <param name="scores">A score for each of <see cref="Tags"/>.</param>
    /// <returns>True when any language knows the word.</returns>
    public bool Score(ulong word, Span<int> scores)
    {
        var found = _words[word];
        Add(found, scores);
        return found.Count > 0;
    }

    /// <summary>Adds the weights of a word's letter groups.</summary>
    /// <param name="word">The word in lower case, at most <see cref="MaxWord"/> letters.</param>
    /// <param name="scores">A score for each of <see cref="Tags"/>.</param>
    public void ScoreGrams(ReadOnlySpan<char> word, Span<int> scores)
    {
        Span<char> padded = stackalloc char[MaxWord + 2];
        padded.Fill(' ');
        word.CopyTo(padded[1..]);
        var count = Math.Min(word.Length, MaxGrams);
        for (var i = 0; i < count; i++)
            _grams.Fetch(KeyOf(padded.Slice(i, 3)));
        for (var i = 0; i < count; i++)
            Add(_grams[KeyOf(padded.Slice(i, 3))], scores);
    }

    private void Add((int From, int Count) found, Span<int> scores)
    {
        foreach (var (language, weight) in _weights.AsSpan(found.From, found.Count))
            scores[language] += weight;
    }

    private static HashedTable<(int From, int Count)> Place(
        Dictionary<string, List<(int Language, int Weight)>> table, Func<string, ulong> keyOf, List<(short Language, short Weight)> weights)
    {
        var places = new List<KeyValuePair<ulong, (int From, int Count)>>(table.Count);
        foreach (var (text, list) in table)
        {
            places.Add(new(keyOf(text), (weights.Count, list.Count)));
            weights.AddRange(list.Select(w => (checked((short)w.Language), checked((short)w.Weight))));
        }

        return new(places);
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
