using System.Net;
using System.Text;

namespace IngestPipeline.Extraction.StructuredData;

/// <summary>Plain text of values that may hold entities and tags though they should not.</summary>
internal static class HtmlFragment
{
    private static readonly string[] BlockTags =
        ["p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "table", "section"];

    /// <summary>One line: entities decoded (twice encoded ones too), tags taken away, white space folded.</summary>
    public static string Line(string value)
    {
        var text = Decode(value);
        if (text.Contains('<'))
            text = WithoutTags(text);
        return Fold(text);
    }

    /// <summary>Text in paragraphs: as <see cref="Line"/>, but line breaks and block tags stay as line breaks.</summary>
    public static string Paragraphs(string value)
    {
        var text = Decode(value);
        if (text.Contains('<'))
            text = WithoutTags(text);

        var builder = new StringBuilder(text.Length);
        foreach (var range in text.AsSpan().SplitAny('\n', '\r', '\u2028', '\u2029'))
        {
            if (Fold(text[range]) is { Length: > 0 } line)
                builder.Append(builder.Length > 0 ? "\n" : "").Append(line);
        }

        return builder.ToString();
    }

    /// <summary>White space folded to single blanks, and trimmed; invisible marks (zero width, byte order) taken away.</summary>
    public static string Fold(string text)
    {
        var folded = true;
        for (var i = 0; i < text.Length && folded; i++)
        {
            folded = text[i] is > ' ' and < '\u007f' || (text[i] is ' ' && i > 0 && i + 1 < text.Length && text[i - 1] != ' ')
                || (text[i] > '\u00a0' && !char.IsWhiteSpace(text[i]) && !IsInvisible(text[i]));
        }

        if (folded)
            return text;

        var builder = new StringBuilder(text.Length);
        var gap = false;
        foreach (var c in text)
        {
            if (IsInvisible(c))
                continue;

            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                gap = builder.Length > 0;
                continue;
            }

            if (gap)
                builder.Append(' ');
            gap = false;
            builder.Append(c);
        }

        return builder.ToString();
    }

    // U+200C and U+200D carry meaning in Persian and Indic scripts and stay.
    internal static bool IsInvisible(char c) => c is '\u00ad' or '\u200b' or '\u2060' or '\ufeff' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e');

    private static string Decode(string value)
    {
        // Values are often escaped twice: once by the template, once by the serialiser.
        for (var i = 0; i < 2 && value.Contains('&'); i++)
            value = WebUtility.HtmlDecode(value);
        return value;
    }

    private static string WithoutTags(string text)
    {
        var builder = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('<', at);
            if (open < 0 || open + 1 >= text.Length)
                break;

            builder.Append(text, at, open - at);
            var close = char.IsAsciiLetter(text[open + 1]) || text[open + 1] is '/' or '!' ? text.IndexOf('>', open) : -2;
            if (close < 0)
            {
                // Not a tag ("a < b"), or one that never ends: then none of the later ones can be closed either.
                at = open;
                if (close == -1)
                    break;
                builder.Append('<');
                at++;
                continue;
            }

            builder.Append(IsBlock(text.AsSpan(open + 1, close - open - 1)) ? "\n" : "");
            at = close + 1;
        }

        return builder.Append(text, at, text.Length - at).ToString();
    }

    private static bool IsBlock(ReadOnlySpan<char> tag)
    {
        tag = tag.Trim('/');
        var end = tag.IndexOfAny(" \t\n/");
        var name = end < 0 ? tag : tag[..end];
        foreach (var block in BlockTags)
        {
            if (name.Equals(block, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
