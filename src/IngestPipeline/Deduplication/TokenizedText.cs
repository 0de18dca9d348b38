using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace IngestPipeline.Deduplication;

/// <summary>
/// A text as the copy comparison sees it: a hash and a kind for each word, without case, punctuation and apostrophes. Scripts that are
/// written without spaces give one token a character.
/// </summary>
/// <param name="Hashes">The tokens' hashes, in text order.</param>
/// <param name="Kinds">The tokens' kinds, as long as <paramref name="Hashes"/>.</param>
/// <param name="Places">Where the tokens stand; empty where that is not kept.</param>
/// <remarks>Offsets point into the text as given when it is in Unicode form C, which <see cref="Normalize"/> makes sure of.</remarks>
internal readonly record struct TokenizedText(uint[] Hashes, TokenKinds[] Kinds, TokenPlaces Places)
{
    /// <summary>Tokens kept of one text; what stands behind them is not compared.</summary>
    public const int MaxTokens = 40_000;

    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Number of tokens.</summary>
    public int Count => Hashes.Length;

    /// <summary>The offset of each token's first character.</summary>
    public int[] Starts => Places.Starts;

    /// <summary>The offset behind each token's last character.</summary>
    public int[] Ends => Places.Ends;

    /// <summary>Splits a text. Equal texts give equal tokens in every culture.</summary>
    public static TokenizedText From(string text)
    {
        text = Normalize(text);
        // Most texts have a token every six characters; only scripts without spaces may have one a character.
        return Read(text, Math.Min(MaxTokens, (text.Length / 2) + 1)) ?? Read(text, Math.Min(MaxTokens, text.Length))!.Value;
    }

    // Null when there are more tokens than the capacity, and more than the limit is not the reason.
    private static TokenizedText? Read(string text, int capacity)
    {
        var hashes = ArrayPool<uint>.Shared.Rent(capacity);
        var kinds = ArrayPool<TokenKinds>.Shared.Rent(capacity);
        var places = ArrayPool<byte>.Shared.Rent(TokenPlaces.MostBytes(capacity, text.Length));
        try
        {
            var (count, bytes) = Read(text, hashes, kinds, places, capacity);
            return count < 0 ? null : new(hashes[..count], kinds[..count], new(places[..bytes], count));
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(hashes);
            ArrayPool<TokenKinds>.Shared.Return(kinds);
            ArrayPool<byte>.Shared.Return(places);
        }
    }

    // The number of tokens and of the bytes of their places; −1 tokens for too many.
    private static (int Count, int Bytes) Read(string text, uint[] hashes, TokenKinds[] kinds, byte[] places, int capacity)
    {
        var boundary = TokenKinds.SentenceStart | TokenKinds.ParagraphStart;
        var quoted = TokenKinds.None;
        int count = 0, bytes = 0, end = 0;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (!IsWord(c))
            {
                // Nothing but a space between words: the commonest case by far.
                if (c != ' ')
                {
                    var after = BoundaryAfter(c, text, i);
                    boundary |= after;
                    quoted = Quoted(c, quoted, after);
                }

                i++;
                continue;
            }

            if (count == capacity)
                return (capacity == MaxTokens || capacity >= text.Length ? count : -1, bytes);
            var start = i;
            var (hash, kind) = ReadToken(text, ref i);
            if (i - start is >= 3 and <= 6 && (NumberBits >> (int)(hash & 63) & 1) != 0 && NumberWords.TryGetValue(hash, out var digits))
                (hash, kind) = (digits, kind | TokenKinds.Number);
            bytes = TokenPlaces.Write(places, bytes, start - end, i - start);
            end = i;
            hashes[count] = hash;
            kinds[count++] = kind | boundary | quoted;
            boundary = TokenKinds.None;
        }

        return (count, bytes);
    }

    private static TokenKinds Quoted(char c, TokenKinds quoted, TokenKinds after) => c switch
    {
        '“' or '«' or '„' => TokenKinds.Quoted,
        '”' or '»' => TokenKinds.None,
        '"' => quoted ^ TokenKinds.Quoted,
        _ => (after & TokenKinds.ParagraphStart) != TokenKinds.None ? TokenKinds.None : quoted,
    };

    /// <summary>The text in Unicode form C; lone surrogates and U+FFFE are replaced, so that no input throws.</summary>
    public static string Normalize(string text)
    {
        if (IsNormal(text))
            return text;
        if (HasLoneSurrogate(text))
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        text = text.Replace('\uFFFE', '\uFFFD');
        return text.IsNormalized(NormalizationForm.FormC) ? text : text.Normalize(NormalizationForm.FormC);
    }

    // Latin letters up to the combining marks and punctuation, which no normalisation changes: most texts hold nothing else.
    private static bool IsNormal(string text)
    {
        var units = MemoryMarshal.Cast<char, ushort>(text.AsSpan());
        for (; units.Length >= Vector256<ushort>.Count; units = units[Vector256<ushort>.Count..])
        {
            var block = Vector256.Create<ushort>(units);
            var normal = Vector256.LessThan(block, Vector256.Create((ushort)0x300))
                | Vector256.LessThanOrEqual(block - Vector256.Create((ushort)0x2002), Vector256.Create((ushort)(0x20CF - 0x2002)));
            if (normal != Vector256<ushort>.AllBitsSet)
                return false;
        }

        foreach (var unit in units)
        {
            if (unit >= 0x300 && unit is < 0x2002 or > 0x20CF)
                return false;
        }

        return true;
    }

    /// <summary>The hash of one token that is already in lower case.</summary>
    public static uint HashOf(string token)
    {
        var hash = Basis;
        foreach (var c in token)
            hash = (hash ^ c) * Prime;
        return Fold(hash);
    }

    // A number keeps its decimal point and loses its thousands separators: "24,239.02" and "24239.02" are one token.
    private static (uint Hash, TokenKinds Kind) ReadToken(string text, ref int i)
    {
        var kind = char.IsUpper(text[i]) ? TokenKinds.Capital : TokenKinds.None;
        var hash = Basis;
        if (IsSpaceless(text[i]))
            return (Fold((hash ^ text[i++]) * Prime), kind);

        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetterLower(c))
            {
                hash = (hash ^ c) * Prime;
            }
            else if (char.IsAsciiDigit(c))
            {
                kind |= TokenKinds.Number;
                hash = (hash ^ c) * Prime;
            }
            else if (IsWord(c))
            {
                if (IsSpaceless(c))
                    break;
                if (char.IsDigit(c))
                    kind |= TokenKinds.Number;
                hash = (hash ^ char.ToLowerInvariant(c)) * Prime;
            }
            else if (c is '\'' or '’' or '\u00AD' or '\u200D' or '\u200C' && i + 1 < text.Length && IsWord(text[i + 1]))
            {
                continue;
            }
            else if (c is '.' or ',' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]) && char.IsAsciiDigit(text[i - 1]))
            {
                if (c == '.')
                    hash = (hash ^ c) * Prime;
            }
            else
            {
                break;
            }
        }

        return (Fold(hash), kind);
    }

    private static TokenKinds BoundaryAfter(char c, string text, int i) => c switch
    {
        '\n' when i + 1 < text.Length && text[i + 1] == '\n' => TokenKinds.SentenceStart | TokenKinds.ParagraphStart,
        '.' or '!' or '?' or ':' or '"' or '“' or '‘' or '\n' or '—' or '–' or '(' or '。' => TokenKinds.SentenceStart,
        _ => TokenKinds.None,
    };

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || (c >= 0x80 && (char.IsLetterOrDigit(c) || IsMark(c) || char.IsSurrogate(c)));

    private static bool IsMark(char c) =>
        char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    // Han, kana, bopomofo, Thai, Lao, Tibetan, Myanmar and Khmer: the blocks of the scripts written without spaces (Unicode, UAX #29 and #14).
    private static bool IsSpaceless(char c) =>
        c >= 0x0E00 && (c <= 0x109F || c is >= '\u1780' and <= '\u17FF' or >= '\u2E80' and <= '\u31FF' or >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF'
            || char.IsSurrogate(c));

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 >= text.Length || !char.IsLowSurrogate(text[i + 1]))
                return true;
            i++;
        }

        return false;
    }

    private static uint Fold(ulong hash) => (uint)((hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9 >> 32);

    // House styles differ in writing small numbers as words; both sides become digits.
    private static readonly System.Collections.Frozen.FrozenDictionary<uint, uint> NumberWords = MakeNumberWords();

    // A bit for the last six bits of each: what is none seldom has to be looked up.
    private static readonly ulong NumberBits = NumberWords.Keys.Aggregate(0UL, (bits, hash) => bits | (1UL << (int)(hash & 63)));

    private static System.Collections.Frozen.FrozenDictionary<uint, uint> MakeNumberWords()
    {
        string[] words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
        return System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(
            words.Select((word, n) => KeyValuePair.Create(HashOf(word), HashOf(n.ToString(System.Globalization.CultureInfo.InvariantCulture)))));
    }
}
