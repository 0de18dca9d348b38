using System.Runtime.InteropServices;

namespace IngestPipeline.Deduplication;

/// <summary>How a language that no table of measured rarities knows is read: its common words, and how long its words are.</summary>
/// <remarks>
/// A word that is not common is the rarer the longer it is (G. K. Zipf, "The Psycho-Biology of Language", 1935). The hash of a term is mixed with the
/// language's, so that reports in two languages share none.
/// </remarks>
/// <param name="tag">The BCP 47 primary tag.</param>
/// <param name="common">The hashes of its common words, and of common pairs of characters.</param>
internal sealed class TermLanguage(string tag, HashSet<uint> common)
{
    private const byte Pair = 7 * 16;
    private const byte LongNumber = 7 * 16;
    private const byte ShortNumber = 4 * 16;
    private const byte Year = 2 * 16;

    // Rarity by letters, in sixteenths of a bit; words of up to three letters are mostly grammar.
    private static readonly byte[] ByLength = [0, 0, 16, 24, 64, 80, 88, 96, 104, 112, 112, 120];

    private static readonly HashSet<uint> Years =
        [.. Enumerable.Range(1900, 150).Select(y => WordReader.HashOf(y.ToString(System.Globalization.CultureInfo.InvariantCulture)))];

    private readonly uint _salt = WordReader.HashOf("language " + tag);

    // Letters that say as much as two letters of an alphabet with vowels do.
    private readonly double _scale = tag switch
    {
        "ko" => 3,
        "ar" or "he" or "fa" or "ur" => 1.4,
        _ => 1,
    };

    /// <summary>The BCP 47 primary tag.</summary>
    public string Tag => tag;

    /// <summary>True where characters, not words, are tokens.</summary>
    public bool IsSpaceless { get; } = tag is "zh" or "ja";

    /// <summary>The hashes of its common words, and of common pairs of characters.</summary>
    public IReadOnlyCollection<uint> Common => common;

    /// <summary>True for a common word or, of a spaceless script, a character that is mostly grammar.</summary>
    public bool IsCommon(uint token) => common.Contains(token);

    /// <summary>How many tokens a word is, on the mean.</summary>
    public int TokensOfWord => IsSpaceless ? 2 : 1;

    /// <summary>Reads a whole text, which has places.</summary>
    public EstimatedTerms Read(TokenizedText text) => Read(text, [.. Enumerable.Range(0, text.Count)]);

    /// <summary>Reads some tokens of a text.</summary>
    /// <param name="text">The text, with places.</param>
    /// <param name="tokens">The tokens to read, ascending.</param>
    public EstimatedTerms Read(TokenizedText text, IReadOnlyList<int> tokens) => IsSpaceless ? ReadPairs(text, tokens) : ReadWords(text, tokens);

    private EstimatedTerms ReadWords(TokenizedText text, IReadOnlyList<int> tokens)
    {
        var (hashes, kinds, rarities) = (new uint[tokens.Count], new TokenKinds[tokens.Count], new byte[tokens.Count]);
        var (starts, ends) = text.ReadPlaces();
        for (var i = 0; i < tokens.Count; i++)
        {
            var at = tokens[i];
            hashes[i] = text.Hashes[at] ^ _salt;
            kinds[i] = text.Kinds[at];
            rarities[i] = Rarity(text, at, ends[at] - starts[at]);
        }

        return new(new(hashes, kinds, []), rarities);
    }

    private EstimatedTerms ReadPairs(TokenizedText text, IReadOnlyList<int> tokens)
    {
        var (hashes, kinds, rarities) = (new List<uint>(tokens.Count), new List<TokenKinds>(tokens.Count), new List<byte>(tokens.Count));
        var (starts, ends) = text.ReadPlaces();
        for (var i = 0; i < tokens.Count; i++)
        {
            var at = tokens[i];
            var isLetter = ends[at] - starts[at] == 1 && (text.Kinds[at] & TokenKinds.Number) == TokenKinds.None;
            if (!isLetter)
            {
                // A number, or a name in Latin letters.
                Add(text.Hashes[at] ^ _salt, text.Kinds[at], Rarity(text, at, ends[at] - starts[at]));
                continue;
            }

            if (i + 1 == tokens.Count || tokens[i + 1] != at + 1 || starts[at + 1] != ends[at] || ends[at + 1] - starts[at + 1] != 1
                || (text.Kinds[at + 1] & TokenKinds.Number) != TokenKinds.None)
                continue;
            var pair = PairOf(text.Hashes[at], text.Hashes[at + 1]);
            var isCommon = IsCommon(text.Hashes[at]) || IsCommon(text.Hashes[at + 1]) || IsCommon(pair);
            Add(pair ^ _salt, text.Kinds[at], isCommon ? (byte)0 : Pair);
        }

        return new(new(CollectionsMarshal.AsSpan(hashes), CollectionsMarshal.AsSpan(kinds), []), [.. rarities]);

        void Add(uint hash, TokenKinds kind, byte rarity)
        {
            hashes.Add(hash);
            kinds.Add(kind);
            rarities.Add(rarity);
        }
    }

    /// <summary>The hash of two characters that follow each other.</summary>
    public static uint PairOf(uint first, uint second) => (uint)(((first * 0x9E3779B97F4A7C15) + second) * 0xBF58476D1CE4E5B9 >> 32);

    private byte Rarity(TokenizedText text, int at, int length)
    {
        if ((text.Kinds[at] & TokenKinds.Number) != TokenKinds.None)
            return length == 1 ? (byte)0 : Years.Contains(text.Hashes[at]) ? Year : length == 2 ? ShortNumber : LongNumber;
        return IsCommon(text.Hashes[at]) ? (byte)0 : ByLength[Math.Min((int)(length * _scale), ByLength.Length - 1)];
    }
}
