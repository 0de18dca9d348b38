using System.Buffers;
using System.Text;

namespace IngestPipeline.Extraction.Metadata;

/// <summary>The form in which words are looked up and lines compared.</summary>
internal static class TextKey
{
    private const int MaxShort = 256;

    /// <summary>Lower case, without the accents of Latin, Greek and Cyrillic letters.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        var plain = true;
        foreach (var c in text)
        {
            if (c is >= 'a' and <= 'z' or >= '0' and <= '9' or ' ' or '.' or '_')
                continue;
            plain = false;
            break;
        }

        if (plain)
            return text.ToString();

        if (Ascii.IsValid(text))
            return string.Create(text.Length, text, static (lower, from) => Ascii.ToLower(from, lower, out _));

        var value = Safe(text.ToString()).Normalize(NormalizationForm.FormD);
        var builder = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            if (c is < '\u0300' or > '\u036f')
                builder.Append(c);
        }

        return Composed(builder.ToString().ToLowerInvariant());
    }

    /// <summary>True when a table holds a text's key; asked without a copy of the text where it is ASCII.</summary>
    public static bool IsIn(HashSet<string> keys, ReadOnlySpan<char> text)
    {
        if (text.Length > MaxShort)
            return keys.Contains(Of(text));

        Span<char> lower = stackalloc char[MaxShort];
        return Ascii.ToLower(text, lower, out var length) == OperationStatus.Done
            ? keys.GetAlternateLookup<ReadOnlySpan<char>>().Contains(lower[..length])
            : keys.Contains(Of(text));
    }

    /// <summary>True when a key, which has no capitals, is a text's.</summary>
    public static bool Is(string key, ReadOnlySpan<char> text) => Ascii.IsValid(text) ? Ascii.EqualsIgnoreCase(text, key) : Of(text) == key;

    /// <summary>What a table has under a text's <see cref="Words"/>; null for nothing. Asked without a copy of the text where it is short and ASCII.</summary>
    public static string? Find(Dictionary<string, string> byWords, string text)
    {
        if (text.Length > MaxShort || !Ascii.IsValid(text))
            return byWords.GetValueOrDefault(Words(text));

        Span<char> words = stackalloc char[MaxShort];
        return byWords.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(words[..AsciiWords(text, words)], out var found) ? found : null;
    }

    /// <summary>The same as <see cref="Words"/> without blanks: for comparing names with a domain's.</summary>
    public static string Joined(string text) => Words(text).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>The letters and digits of a text in lower case, without accents, words parted by one blank: for comparing headlines and names.</summary>
    public static string Words(string text)
    {
        if (text.Length <= MaxShort && Ascii.IsValid(text))
            return AsciiWords(text);

        var value = Safe(text).Normalize(NormalizationForm.FormKD);
        var builder = new StringBuilder(value.Length);
        var gap = false;
        foreach (var c in value)
        {
            if (c is >= '\u0300' and <= '\u036f')
                continue;

            if (!char.IsLetterOrDigit(c) && char.GetUnicodeCategory(c) is not (System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark or System.Globalization.UnicodeCategory.Surrogate))
            {
                gap = builder.Length > 0;
                continue;
            }

            builder.Append(gap ? " " : "").Append(char.ToLowerInvariant(c));
            gap = false;
        }

        return Composed(builder.ToString());
    }

    // Letters of other scripts are whole again (Korean syllables, Arabic letters with a hamza), so that a key is as long as its text.
    private static string Composed(string key) => key.AsSpan().ContainsAnyExceptInRange('\0', '\u05ff') ? key.Normalize(NormalizationForm.FormC) : key;

    private static string AsciiWords(string text)
    {
        Span<char> words = stackalloc char[MaxShort];
        words = words[..AsciiWords(text, words)];
        return words.SequenceEqual(text) ? text : words.ToString();
    }

    private static int AsciiWords(string text, Span<char> words)
    {
        var length = 0;
        var gap = false;
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                gap = length > 0;
                continue;
            }

            if (gap)
                words[length++] = ' ';
            gap = false;
            words[length++] = (char)(char.IsAsciiLetterUpper(c) ? c | 0x20 : c);
        }

        return length;
    }

    // Normalisation throws on a lone surrogate, and on U+FFFE.
    private static string Safe(string text)
    {
        text = text.Replace('\uFFFE', '\uFFFD');
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            else
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }

        return text;
    }
}
