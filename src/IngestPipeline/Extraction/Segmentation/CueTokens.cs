namespace IngestPipeline.Extraction.Segmentation;

/// <summary>Reads class, id and role values into a set of <see cref="CueGroup"/>s, one bit a group.</summary>
internal static class CueTokens
{
    private const int MaxValueLength = 400;
    private const int MaxWord = 40;

    // Set on a word that ends cues of two or three words: most words end none, and are looked up once. No group has these bits.
    private const ulong EndsTwo = 1UL << 62;
    private const ulong EndsThree = 1UL << 63;

    // By the hash of one to three words, which is made while they are read.
    private static readonly HashedTable<ulong> Words = Load();

    /// <summary>The bit of one group.</summary>
    public static ulong Bit(CueGroup group) => 1UL << (int)group;

    /// <summary>The groups that the words of an attribute's value hint at; words are parted at anything but letters and digits and at camelCase.</summary>
    public static ulong Read(ReadOnlySpan<char> value)
    {
        if (value.Length > MaxValueLength)
            value = value[..MaxValueLength];

        // The hashes of the last word and of the two before it.
        var (last, before, first, words) = (0UL, 0UL, 0UL, 0);
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

            (first, before, last) = (before, last, Fnv1a.Basis);
            var from = i;
            do
            {
                last = Fnv1a.Add(last, char.IsAsciiLetterUpper(value[i]) ? (char)(value[i] | 0x20) : value[i]);
                i++;
            }
            while (i < value.Length
                && i - from < MaxWord
                && char.IsAsciiLetterOrDigit(value[i])
                && !(char.IsAsciiLetterUpper(value[i]) && char.IsAsciiLetterLower(value[i - 1])));

            words = Math.Min(words + 1, 3);
            var found = Words[last];
            if ((found & EndsTwo) != 0 && words > 1)
                mask |= Words[Join(before, last)];
            if ((found & EndsThree) != 0 && words > 2)
                mask |= Words[Join(Join(first, before), last)];
            mask |= found;
        }

        return mask & ~(EndsTwo | EndsThree);
    }

    private static ulong Join(ulong before, ulong word) => (before * Fnv1a.Prime) ^ (word >> 7) ^ word;

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
                var parts = Array.ConvertAll(word.Split('-'), static w => Fnv1a.Of(w));
                Add(parts.Aggregate(Join), bit);
                if (parts.Length is 2 or 3)
                    Add(parts[^1], parts.Length == 2 ? EndsTwo : EndsThree);
            }
        }

        return new(words);

        void Add(ulong hash, ulong bits) => words[hash] = words.GetValueOrDefault(hash) | bits;
    }
}
