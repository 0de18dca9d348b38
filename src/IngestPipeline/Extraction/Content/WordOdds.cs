using System.Globalization;
using System.Numerics;
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

    /// <summary>The shortest word that counts, in letters.</summary>
    public const int MinWord = 2;

    /// <summary>The longest word that counts, in letters.</summary>
    public const int MaxWord = 24;

    private const int Batch = 64;

    // A slot holds the upper 47 bits of a word's hash and, below them, the odds. Words that differ and share the 47 bits would be taken for each other: of the
    // 114,233 different words in what is extracted from the development pages and in the table, no two do.
    private const int ValueBits = 16;
    private const ulong Used = 1UL << ValueBits;

    // Open addressing by a hash that is made while a word is read: most words of most blocks are looked up.
    private readonly ulong[] _slots;

    /// <summary>Takes words in lower case with their odds.</summary>
    public WordOdds(IEnumerable<KeyValuePair<string, int>> odds)
    {
        var words = odds.ToArray();
        _slots = new ulong[BitOperations.RoundUpToPowerOf2((uint)(words.Length * 2) + 2)];
        foreach (var (word, value) in words)
        {
            var hash = Fnv1a.Of(word);
            var slot = Place(hash);
            while (_slots[slot] != 0)
                slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = Tag(hash) | (ushort)checked((short)value);
        }
    }

    /// <summary>A table without words.</summary>
    public static WordOdds None { get; } = new([]);

    /// <summary>Reads a table: a line for each word, a tab, its odds; lines that begin with # say nothing.</summary>
    /// <exception cref="InvalidDataException">A line is something else.</exception>
    public static WordOdds Read(Stream stream)
    {
        using var reader = new StreamReader(stream);
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.StartsWith('#'))
                continue;
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab <= 0 || !short.TryParse(line.AsSpan(tab + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var odds))
                throw new InvalidDataException($"line {number} is no word, tab and whole number");
            words[line[..tab]] = odds;
        }

        return new(words);
    }

    /// <summary>The names of the features.</summary>
    public static IReadOnlyList<string> Names { get; } = ["oddsMean", "oddsMax", "oddsMin", "oddsSum"];

    /// <summary>Writes the last columns of every row: of the block's words the mean, greatest, least and sum of odds.</summary>
    public void Write(BlockTexts texts, FeatureTable table)
    {
        // First places are read a batch at a time before any is looked at, so that the processor waits for the memory of many words at once.
        Span<ulong> firsts = stackalloc ulong[Batch];
        var words = texts.Words;
        var (at, read) = (0, 0);
        for (var i = 0; i < table.Rows; i++)
        {
            var sums = new Sums();
            for (var end = texts.WordEnd(i); at < end; at++)
            {
                if (at == read)
                    read += ReadFirsts(words[at..], firsts);
                Add(words[at], firsts[at % Batch], ref sums);
            }

            var row = table[i][^Columns..];
            row[0] = sums.Known == 0 ? 0 : sums.Sum / sums.Known;
            row[1] = sums.Max;
            row[2] = sums.Min;
            row[3] = sums.Sum;
        }
    }

    /// <summary>The words of a text that count: letters only, in lower case.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var at = 0;
        while (Next(text, ref at) is var (from, to))
            yield return text[from..to].ToLowerInvariant();
    }

    private int ReadFirsts(ReadOnlySpan<ulong> hashes, Span<ulong> firsts)
    {
        var slots = _slots;
        var count = Math.Min(hashes.Length, Batch);
        for (var i = 0; i < count; i++)
            firsts[i] = slots[Place(hashes[i])];
        return count;
    }

    private void Add(ulong hash, ulong found, ref Sums sums)
    {
        var (slots, tag) = (_slots, Tag(hash));
        for (var slot = Place(hash); found != 0 && (found & ~(Used - 1)) != tag;)
            found = slots[slot = (slot + 1) & (slots.Length - 1)];
        if (found == 0)
            return;

        int odds = (short)found;
        sums.Known++;
        sums.Sum += odds;
        sums.Max = Math.Max(sums.Max, odds);
        sums.Min = Math.Min(sums.Min, odds);
    }

    private static ulong Tag(ulong hash) => (hash & ~(Used - 1)) | Used;

    private int Place(ulong hash) => (int)((hash ^ (hash >> 15)) & (uint)(_slots.Length - 1));

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

    private struct Sums
    {
        public int Known;
        public int Sum;
        public int Max;
        public int Min;
    }
}
