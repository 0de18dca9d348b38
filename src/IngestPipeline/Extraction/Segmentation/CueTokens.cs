using System.Collections.Frozen;

namespace IngestPipeline.Extraction.Segmentation;

/// <summary>Reads class, id and role values into a set of <see cref="CueGroup"/>s, one bit a group.</summary>
internal static class CueTokens
{
    private const int MaxValueLength = 400;
    private const int MaxWord = 40;

    private static readonly FrozenDictionary<string, ulong> Words = Load();
    private static readonly FrozenDictionary<string, ulong>.AlternateLookup<ReadOnlySpan<char>> Lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The bit of one group.</summary>
    public static ulong Bit(CueGroup group) => 1UL << (int)group;

    /// <summary>The groups that the words of an attribute's value hint at; words are parted at anything but letters and digits and at camelCase.</summary>
    public static ulong Read(ReadOnlySpan<char> value)
    {
        if (value.Length > MaxValueLength)
            value = value[..MaxValueLength];

        // The buffer holds the last words of one name, joined by '-', so that a-b and a-b-c are looked up without a new string.
        Span<char> buffer = stackalloc char[(MaxWord + 1) * 3];
        Span<int> starts = stackalloc int[3];
        var words = 0;
        var end = 0;
        ulong mask = 0;
        var i = 0;
        while (i < value.Length)
        {
            if (!char.IsAsciiLetterOrDigit(value[i]))
            {
                if (char.IsWhiteSpace(value[i]))
                    (words, end) = (0, 0);
                i++;
                continue;
            }

            var from = i++;
            while (i < value.Length && i - from < MaxWord && char.IsAsciiLetterOrDigit(value[i]) && !(char.IsAsciiLetterUpper(value[i]) && char.IsAsciiLetterLower(value[i - 1])))
                i++;

            if (words == 3)
            {
                var shift = starts[1];
                buffer[shift..end].CopyTo(buffer);
                (starts[0], starts[1], end, words) = (0, starts[2] - shift, end - shift, 2);
            }

            if (end > 0)
                buffer[end++] = '-';
            starts[words++] = end;
            value[from..i].ToLowerInvariant(buffer[end..]);
            end += i - from;

            for (var w = 0; w < words; w++)
            {
                if (Lookup.TryGetValue(buffer[starts[w]..end], out var groups))
                    mask |= groups;
            }
        }

        return mask;
    }

    private static FrozenDictionary<string, ulong> Load()
    {
        var words = new Dictionary<string, ulong>(StringComparer.Ordinal);
        using var stream = typeof(CueTokens).Assembly.GetManifestResourceStream(typeof(CueTokens), "cue-tokens.table.txt")
            ?? throw new InvalidOperationException("cue-tokens.table.txt is not embedded.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line.StartsWith('#') || colon < 0)
                continue;

            var bit = Bit(Enum.Parse<CueGroup>(line[..colon]));
            foreach (var word in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                words[word] = words.GetValueOrDefault(word) | bit;
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
