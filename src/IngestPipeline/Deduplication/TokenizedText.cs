using System.Buffers;
using System.Text;

namespace IngestPipeline.Deduplication;

/// <summary>
/// A text as the copy comparison sees it: a hash and a kind for each word, without case, punctuation and apostrophes. Scripts that are
/// written without spaces give one token a character.
/// </summary>
/// <param name="Hashes">The tokens' hashes, in text order.</param>
/// <param name="Kinds">The tokens' kinds, as long as <paramref name="Hashes"/>.</param>
/// <param name="Starts">The offset of each token's first character; empty where positions are not kept.</param>
/// <param name="Ends">The offset behind each token's last character; empty where positions are not kept.</param>
/// <remarks>Offsets point into the text as given when it is in Unicode form C, which <see cref="Normalize"/> makes sure of.</remarks>
internal readonly record struct TokenizedText(uint[] Hashes, TokenKinds[] Kinds, int[] Starts, int[] Ends)
{
    /// <summary>Tokens kept of one text; what stands behind them is not compared.</summary>
    public const int MaxTokens = 40_000;

    private const ulong Basis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Number of tokens.</summary>
    public int Count => Hashes.Length;

    /// <summary>Splits a text. Equal texts give equal tokens in every culture.</summary>
    public static TokenizedText From(string text)
    {
        text = Normalize(text);
        var capacity = Math.Min(MaxTokens, (text.Length / 2) + 1);
        var hashes = ArrayPool<uint>.Shared.Rent(capacity);
        var kinds = ArrayPool<TokenKinds>.Shared.Rent(capacity);
        var places = ArrayPool<int>.Shared.Rent(capacity * 2);
        try
        {
            // Most texts have a token every six characters; only scripts without spaces may have one a character.
            var count = Read(text, hashes, kinds, places, capacity);
            if (count < 0)
            {
                capacity = Math.Min(MaxTokens, text.Length);
                Return();
                hashes = ArrayPool<uint>.Shared.Rent(capacity);
                kinds = ArrayPool<TokenKinds>.Shared.Rent(capacity);
                places = ArrayPool<int>.Shared.Rent(capacity * 2);
                count = Read(text, hashes, kinds, places, capacity);
            }

            var starts = new int[count];
            var ends = new int[count];
            for (var i = 0; i < count; i++)
                (starts[i], ends[i]) = (places[2 * i], places[(2 * i) + 1]);
            return new(hashes[..count], kinds[..count], starts, ends);
        }
        finally
        {
            Return();
        }

        void Return()
        {
            ArrayPool<uint>.Shared.Return(hashes);
            ArrayPool<TokenKinds>.Shared.Return(kinds);
            ArrayPool<int>.Shared.Return(places);
        }
    }

    // The number of tokens; −1 when there are more than the capacity, and more than the limit is not the reason.
    private static int Read(string text, uint[] hashes, TokenKinds[] kinds, int[] places, int capacity)
    {
        var boundary = TokenKinds.SentenceStart | TokenKinds.ParagraphStart;
        var quoted = TokenKinds.None;
        var count = 0;
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
                return capacity == MaxTokens || capacity >= text.Length ? count : -1;
            var start = i;
            var (hash, kind) = ReadToken(text, ref i);
            if (i - start is >= 3 and <= 6 && NumberWords.TryGetValue(hash, out var digits))
                (hash, kind) = (digits, kind | TokenKinds.Number);
            places[2 * count] = start;
            places[(2 * count) + 1] = i;
            hashes[count] = hash;
            kinds[count++] = kind | boundary | quoted;
            boundary = TokenKinds.None;
        }

        return count;
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
        if (System.Text.Ascii.IsValid(text))
            return text;
        if (HasLoneSurrogate(text))
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        text = text.Replace('\uFFFE', '\uFFFD');
        return text.IsNormalized(NormalizationForm.FormC) ? text : text.Normalize(NormalizationForm.FormC);
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

    private static System.Collections.Frozen.FrozenDictionary<uint, uint> MakeNumberWords()
    {
        string[] words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
        return System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(
            words.Select((word, n) => KeyValuePair.Create(HashOf(word), HashOf(n.ToString(System.Globalization.CultureInfo.InvariantCulture)))));
    }
}
