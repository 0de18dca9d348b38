using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace IngestPipeline.Deduplication;

/// <summary>Reads the words of a text: what <see cref="TokenizedText"/> calls tokens.</summary>
internal static class WordReader
{
    // Before the first digits that are not ASCII's stand letters that are what they are.
    private const char FirstFolded = '\u0660';

    // Arabic.
    private const char DecimalPoint = '\u066B';
    private const char ThousandsPoint = '\u066C';

    private static readonly string[] Ligatures = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];

    /// <summary>Reads a text's words into arrays of a capacity; returns the number of words, −1 for too many, and of the bytes of their places.</summary>
    public static (int Count, int Bytes) Read(string text, uint[] hashes, TokenKinds[] kinds, byte[] places, int capacity)
    {
        if (!WordStretches.CanRead(text))
            return ReadPlainly(text, hashes, kinds, places, capacity);
        var words = new WordSink(hashes.AsSpan(0, capacity), kinds, places);
        return Result(text, words, WordStretches.Read(text, ref words));
    }

    /// <summary>As <see cref="Read(string, uint[], TokenKinds[], byte[], int)"/>, one character after the other.</summary>
    public static (int Count, int Bytes) ReadPlainly(string text, uint[] hashes, TokenKinds[] kinds, byte[] places, int capacity)
    {
        var words = new WordSink(hashes.AsSpan(0, capacity), kinds, places);
        return Result(text, words, Read(text, 0, text.Length, ref words));
    }

    private static (int Count, int Bytes) Result(string text, in WordSink words, bool isWhole) =>
        (isWhole || words.Hashes.Length == TokenizedText.MaxTokens || words.Hashes.Length >= text.Length ? words.Count : -1, words.Bytes);

    /// <summary>Sets a word's hash, that of the number where it is one, written out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetHash(in WordSink words, int word, uint hash, int length)
    {
        words.Hashes[word] = hash;
        // The length last: half of all words have it, and which ones is foreseen badly.
        if (!MayBeNumber(hash) || !NumberWords.TryGetValue(hash, out var digits) || length is < 3 or > 6)
            return;
        words.Hashes[word] = digits;
        words.Kinds[word] |= TokenKinds.Number;
    }

    /// <summary>
    /// Reads a part of a text, which begins and ends where no word goes on, one character after the other; false when there are too many words.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Read(string text, int i, int stop, scoped ref WordSink words)
    {
        var (count, bytes, end, boundary, quoted) = (words.Count, words.Bytes, words.End, words.Boundary, words.Quoted);
        var isWhole = true;
        while (i < stop)
        {
            var c = text[i];
            // Nothing but a space between words: the commonest case by far.
            if (c == ' ')
            {
                i++;
                continue;
            }

            if (!IsWord(c))
            {
                var after = BoundaryAfter(c, text, i);
                boundary |= after;
                quoted = Quoted(c, quoted, after);
                i++;
                continue;
            }

            if (count == words.Hashes.Length)
            {
                isWhole = false;
                break;
            }

            var start = i;
            var (hash, kind) = ReadToken(text, ref i);
            words.Kinds[count] = kind | boundary | quoted;
            SetHash(words, count, hash, i - start);
            bytes = TokenPlaces.Write(words.Places, bytes, start - end, i - start);
            end = i;
            count++;
            boundary = TokenKinds.None;
        }

        (words.Count, words.Bytes, words.End, words.Boundary, words.Quoted) = (count, bytes, end, boundary, quoted);
        return isWhole;
    }

    // “English”, „deutsch“, «français», »deutsch«, 「日本語」: what closes a quotation in one language opens it in another.
    private static TokenKinds Quoted(char c, TokenKinds quoted, TokenKinds after) => c switch
    {
        '„' or '「' or '『' => TokenKinds.Quoted,
        '”' or '」' or '』' => TokenKinds.None,
        '"' or '“' or '«' or '»' => quoted ^ TokenKinds.Quoted,
        _ => (after & TokenKinds.ParagraphStart) != TokenKinds.None ? TokenKinds.None : quoted,
    };

    /// <summary>The hash of one token that is already in lower case.</summary>
    public static uint HashOf(string token) => Fold(Fnv1a.Of(token));

    // Inlined always: where the compiler chose otherwise, reading words took a third longer.
    // A number keeps its decimal point and loses its thousands separators: "24,239.02" and "24239.02" are one token.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (uint Hash, TokenKinds Kind) ReadToken(string text, ref int i)
    {
        var kind = char.IsUpper(text[i]) ? TokenKinds.Capital : TokenKinds.None;
        var hash = Fnv1a.Basis;
        if (IsSpaceless(text[i]))
        {
            if (!IsNumeral(text, i) || !IsNumeral(text, i + 1))
                return (Fold(Fnv1a.Add(hash, text[i++])), kind);
            while (IsNumeral(text, i))
                hash = Fnv1a.Add(hash, text[i++]);
            return (Fold(hash), TokenKinds.Number);
        }

        for (; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetterLower(c))
            {
                hash = Fnv1a.Add(hash, c);
            }
            else if (c == ' ')
            {
                break;
            }
            else if (char.IsAsciiDigit(c))
            {
                kind |= TokenKinds.Number;
                hash = Fnv1a.Add(hash, c);
            }
            else if (IsWord(c))
            {
                if (IsSpaceless(c))
                    break;
                hash = c < FirstFolded ? Fnv1a.Add(hash, char.ToLowerInvariant(c)) : AddFolded(hash, c, ref kind);
            }
            else if (c is '\'' or '’' or '\u00AD' or '\u200D' or '\u200C' && i + 1 < text.Length && IsWord(text[i + 1]))
            {
                continue;
            }
            else if (c is '.' or ',' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]) && char.IsAsciiDigit(text[i - 1]))
            {
                if (c == '.')
                    hash = Fnv1a.Add(hash, c);
            }
            else if (c is DecimalPoint or ThousandsPoint && i + 1 < text.Length && char.IsDigit(text[i + 1]) && char.IsDigit(text[i - 1]))
            {
                if (c == DecimalPoint)
                    hash = Fnv1a.Add(hash, '.');
            }
            else
            {
                break;
            }
        }

        return (Fold(hash), kind);
    }

    // A digit is the same number in every script; full-width letters and the ligatures of typesetting are the letters that they stand for.
    private static ulong AddFolded(ulong hash, char c, ref TokenKinds kind)
    {
        if (char.IsDigit(c))
        {
            kind |= TokenKinds.Number;
            return Fnv1a.Add(hash, (char)('0' + (int)char.GetNumericValue(c)));
        }

        if (c is >= '\uFF21' and <= '\uFF5A')
            return Fnv1a.Add(hash, char.ToLowerInvariant((char)(c - ('\uFF21' - 'A'))));
        if (c is < '\uFB00' or > '\uFB06')
            return Fnv1a.Add(hash, char.ToLowerInvariant(c));
        foreach (var letter in Ligatures[c - '\uFB00'])
            hash = Fnv1a.Add(hash, letter);
        return hash;
    }

    private static TokenKinds BoundaryAfter(char c, string text, int i) => c switch
    {
        '\n' when i + 1 < text.Length && text[i + 1] == '\n' => TokenKinds.SentenceStart | TokenKinds.ParagraphStart,
        '.' or '!' or '?' or ':' or '"' or '“' or '‘' or '\n' or '—' or '–' or '(' or '。' => TokenKinds.SentenceStart,
        _ => TokenKinds.None,
    };

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || (c >= 0x80 && (char.IsLetterOrDigit(c) || IsMark(c) || char.IsSurrogate(c)));

    private static bool IsMark(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>
    /// True for Han, kana, bopomofo, Thai, Lao, Tibetan, Myanmar and Khmer: the blocks of the scripts written without spaces (Unicode, UAX #29 and
    /// #14), their digits aside.
    /// </summary>
    public static bool IsSpaceless(char c) =>
        c >= 0x0E00 && ((c <= 0x109F || c is >= '\u1780' and <= '\u17FF') ? !char.IsDigit(c) : c is >= '\u2E80' and <= '\u31FF' or >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF'
            || char.IsSurrogate(c));

    // Numbers written out in Chinese characters, one after the other; one alone is as often a part of a word.
    private static bool IsNumeral(string text, int i) => i < text.Length
        && text[i] is '〇' or '一' or '二' or '三' or '四' or '五' or '六' or '七' or '八' or '九' or '十' or '百' or '千' or '万' or '億' or '亿' or '萬';

    /// <summary>A word's hash of the one that was made letter by letter.</summary>
    public static uint Fold(ulong hash) => (uint)((hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9 >> 32);

    // House styles differ in writing small numbers as words; both sides become digits.
    private static readonly FrozenDictionary<uint, uint> NumberWords = MakeNumberWords();

    // A bit for the last ten bits of each: what is none seldom has to be looked up.
    private static readonly ulong[] NumberBits = MakeNumberBits();

    private static bool MayBeNumber(uint hash) => (NumberBits[(hash >> 6) & 15] >> (int)(hash & 63) & 1) != 0;

    private static ulong[] MakeNumberBits()
    {
        var bits = new ulong[16];
        foreach (var hash in NumberWords.Keys)
            bits[(hash >> 6) & 15] |= 1UL << (int)(hash & 63);
        return bits;
    }

    private static FrozenDictionary<uint, uint> MakeNumberWords()
    {
        string[] words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
        return FrozenDictionary.ToFrozenDictionary(
            words.Select((word, n) => KeyValuePair.Create(HashOf(word), HashOf(n.ToString(CultureInfo.InvariantCulture)))));
    }
}
