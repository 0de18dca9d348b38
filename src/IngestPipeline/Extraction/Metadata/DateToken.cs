using System.Globalization;
using System.Text;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>A number, a word or a mark of a text that may hold a date.</summary>
/// <param name="Number">A number's value; −1 for words and marks.</param>
/// <param name="Digits">How many digits the number has.</param>
/// <param name="Word">A word's <see cref="TextKey"/>; a mark itself; empty for numbers.</param>
internal readonly record struct DateToken(int Number, int Digits, string Word, int Start, int End, bool SpaceBefore)
{
    public const int MaxTokens = 120;

    private static readonly string[] AsciiMarks = [.. Enumerable.Range(0, 128).Select(c => ((char)c).ToString())];

    public bool IsNumber => Number >= 0;

    public bool IsWord => Number < 0 && Word.Length > 0 && char.IsLetter(Word[0]);

    public bool Is(char mark) => Number < 0 && Word.Length == 1 && Word[0] == mark;

    /// <summary>Splits a text; only its first <see cref="MaxTokens"/> tokens are read.</summary>
    public static List<DateToken> Split(ReadOnlySpan<char> text)
    {
        var tokens = new List<DateToken>(Math.Min(MaxTokens, 4 + (text.Length / 4)));
        Split(text, tokens);
        return tokens;
    }

    /// <summary>Splits a text into an empty list.</summary>
    public static void Split(ReadOnlySpan<char> text, List<DateToken> tokens)
    {
        var at = 0;
        var space = true;
        while (at < text.Length && tokens.Count < MaxTokens)
        {
            var start = at;
            if (char.IsWhiteSpace(text[at]) || text[at] is '\u200e' or '\u200f')
            {
                at++;
                space = true;
                continue;
            }

            if (char.IsDigit(text[at]))
                tokens.Add(Numeral(text, ref at, space));
            else if (IsHan(text[at]))
                tokens.Add(new(-1, 0, Mark(text[at++]), start, at, space));
            else if (char.IsLetter(text[at]))
                tokens.Add(Letters(text, ref at, space));
            else
                tokens.Add(new(-1, 0, text[at++] is '–' or '—' or '‐' or '‑' or '−' ? "-" : Mark(text[at - 1]), start, at, space));
            space = false;
        }
    }

    /// <summary>True when a text has a digit, without which it holds no date.</summary>
    public static bool HasDigit(ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyInRange('0', '9'))
            return true;
        if (Ascii.IsValid(text))
            return false;

        foreach (var c in text)
        {
            if (char.IsDigit(c))
                return true;
        }

        return false;
    }

    /// <summary>
    /// True unless a text can hold no date: a year has four digits together, or two behind a mark, and then day and year have three digits at least.
    /// </summary>
    public static bool MayHoldDate(ReadOnlySpan<char> text)
    {
        if (!HasDigit(text))
            return false;

        var (digits, run, marked) = (0, 0, false);
        foreach (var c in text)
        {
            if (char.IsDigit(c))
            {
                digits++;
                if (++run == 4 || (marked && digits >= 3))
                    return true;
                continue;
            }

            run = 0;
            marked |= c is '年' or '.' or '/' or '-' or '\'' or '’' or '–' or '—' or '‐' or '‑' or '−';
        }

        return false;
    }

    private static DateToken Numeral(ReadOnlySpan<char> text, ref int at, bool space)
    {
        var start = at;
        long value = 0;
        for (; at < text.Length && char.IsDigit(text[at]); at++)
        {
            if (at - start < 10)
                value = (value * 10) + CharUnicodeInfo.GetDecimalDigitValue(text[at]);
        }

        return new((int)Math.Min(value, int.MaxValue), at - start, "", start, at, space);
    }

    // Thai months are letters and dots ("ม.ค."), and Indic vowels are marks.
    private static DateToken Letters(ReadOnlySpan<char> text, ref int at, bool space)
    {
        var start = at;
        while (at < text.Length && (char.IsLetter(text[at]) || IsMark(text[at]) || IsInnerDot(text, at)) && !IsHan(text[at]))
            at++;
        return new(-1, 0, at - start <= 24 ? TextKey.Of(text[start..at]) : "\u0001", start, at, space);
    }

    private static string Mark(char c) => c < AsciiMarks.Length ? AsciiMarks[c] : c.ToString();

    private static bool IsMark(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsInnerDot(ReadOnlySpan<char> text, int at) =>
        text[at] == '.' && at > 0 && at + 1 < text.Length && text[at - 1] is >= '\u0e00' and <= '\u0e7f' && text[at + 1] is >= '\u0e00' and <= '\u0e7f';

    private static bool IsHan(char c) => c is '年' or '月' or '日' or '时' or '時' or '点' or '點' or '分' or '秒' or '년' or '월' or '일' or '시' or '분';
}
