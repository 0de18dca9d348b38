namespace IngestPipeline.Extraction.Segmentation;

/// <summary>Reads class, id and role values into a set of <see cref="CueGroup"/>s, one bit a group.</summary>
internal static class CueTokens
{
    private const int MaxValueLength = 400;
    private const int MaxWord = 40;

    // FNV-1a.
    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    // By the hash of one to three words joined by '-', which is made while they are read.
    private static readonly HashedTable<ulong> Words = Load();

    /// <summary>The bit of one group.</summary>
    public static ulong Bit(CueGroup group) => 1UL << (int)group;

    /// <summary>The groups that the words of an attribute's value hint at; words are parted at anything but letters and digits and at camelCase.</summary>
    public static ulong Read(ReadOnlySpan<char> value)
    {
        if (value.Length > MaxValueLength)
            value = value[..MaxValueLength];

        // The hashes of the last word, of the last two and of the last three, each joined by '-'.
        var (one, two, words) = (Basis, Basis, 0);
        ulong mask = 0;
        var i = 0;
        while (i < value.Length)
        {
            if (!char.IsAsciiLetterOrDigit(value[i]))
            {
                if (char.IsWhiteSpace(value[i]))
                    words = 0;
                i++;
                continue;
            }

            var three = (two ^ '-') * Prime;
            two = (one ^ '-') * Prime;
            one = Basis;
            var from = i;
            do
            {
                var c = char.IsAsciiLetterUpper(value[i]) ? (char)(value[i] | 0x20) : value[i];
                (one, two, three) = ((one ^ c) * Prime, (two ^ c) * Prime, (three ^ c) * Prime);
                i++;
            }
            while (i < value.Length && i - from < MaxWord && char.IsAsciiLetterOrDigit(value[i]) && !(char.IsAsciiLetterUpper(value[i]) && char.IsAsciiLetterLower(value[i - 1])));

            words = Math.Min(words + 1, 3);
            mask |= Words[one] | (words > 1 ? Words[two] : 0) | (words > 2 ? Words[three] : 0);
        }

        return mask;
    }

    private static HashedTable<ulong> Load()
    {
        var words = new Dictionary<ulong, ulong>();
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
            {
                var hash = Basis;
                foreach (var c in word)
                    hash = (hash ^ c) * Prime;
                words[hash] = words.GetValueOrDefault(hash) | bit;
            }
        }

        return new(words);
    }
}
