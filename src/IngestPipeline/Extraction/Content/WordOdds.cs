using System.Collections.Frozen;
using System.Globalization;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// What a block's words say: for each word the logarithm of how many sites use it in boilerplate against how many use it in articles, in
/// 1/100. Learned by <c>tests/IngestPipeline.Training</c> over sites, so that no site's own words weigh more than one vote.
/// </summary>
internal sealed class WordOdds
{
    /// <summary>How many features a block gets.</summary>
    public const int Columns = 4;

    private const int MinWord = 2;
    private const int MaxWord = 24;

    private readonly FrozenDictionary<string, int> _odds;
    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>Takes words in lower case with their odds.</summary>
    public WordOdds(IEnumerable<KeyValuePair<string, int>> odds)
    {
        _odds = odds.ToFrozenDictionary(StringComparer.Ordinal);
        _lookup = _odds.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The table that is shipped.</summary>
    public static WordOdds Shipped { get; } = Load();

    /// <summary>A table without words.</summary>
    public static WordOdds None { get; } = new([]);

    /// <summary>The names of the features.</summary>
    public static IReadOnlyList<string> Names { get; } = ["oddsMean", "oddsMax", "oddsMin", "oddsSum"];

    /// <summary>Writes the last columns of every row: of the block's words the mean, greatest, least and sum of odds.</summary>
    public void Write(PageLayout layout, FeatureTable table)
    {
        for (var i = 0; i < layout.Blocks.Count; i++)
            Write(layout.Blocks[i].Text, table[i][^Columns..]);
    }

    /// <summary>The words of a text that count: letters only, in lower case.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var at = 0;
        while (Next(text, ref at) is var (from, to))
            yield return text[from..to].ToLowerInvariant();
    }

    private void Write(string text, Span<int> row)
    {
        int sum = 0, max = 0, min = 0, known = 0;
        Span<char> lower = stackalloc char[MaxWord];
        var at = 0;
        while (Next(text, ref at) is var (from, to))
        {
            var length = text.AsSpan(from, to - from).ToLowerInvariant(lower);
            if (!_lookup.TryGetValue(lower[..length], out var odds))
                continue;

            known++;
            sum += odds;
            max = Math.Max(max, odds);
            min = Math.Min(min, odds);
        }

        row[0] = known == 0 ? 0 : sum / known;
        row[1] = max;
        row[2] = min;
        row[3] = sum;
    }

    private static (int From, int To)? Next(string text, ref int at)
    {
        while (at < text.Length)
        {
            while (at < text.Length && !char.IsLetter(text[at]))
                at++;
            var from = at;
            while (at < text.Length && char.IsLetter(text[at]))
                at++;
            if (at - from is >= MinWord and <= MaxWord)
                return (from, at);
        }

        return null;
    }

    private static WordOdds Load()
    {
        using var stream = typeof(WordOdds).Assembly.GetManifestResourceStream(typeof(WordOdds), "block-words.table.txt");
        if (stream is null)
            return None;

        using var reader = new StreamReader(stream);
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab > 0 && line[0] != '#')
                words[line[..tab]] = int.Parse(line.AsSpan(tab + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        }

        return new(words);
    }
}
