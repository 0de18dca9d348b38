using System.Text;

namespace IngestPipeline.Extraction.Segmentation;

/// <summary>Brings text into the one form that blocks have: NFC, white space folded, no control or direction-override characters.</summary>
internal static class TextFolder
{
    /// <summary>True for characters that carry no text: controls, zero-width marks, direction overrides, noncharacters.</summary>
    public static bool IsNoise(char c) => c switch
    {
        < ' ' => c is not ('\t' or '\n' or '\r' or '\f'),
        < '\u00AD' => c is >= '\u007F' and < '\u00A0' and not '\u0085',
        '\u00AD' or '\u200B' or '\u2060' or '\uFEFF' or '\uFFFE' or '\uFFFF' => true,
        >= '\u202A' and <= '\u202E' => true,
        >= '\u2066' and <= '\u2069' => true,
        >= '\uFFF9' and <= '\uFFFB' => true,
        >= '\uFDD0' and <= '\uFDEF' => true,
        _ => false,
    };

    /// <summary>Folds a string on its own; the empty string when nothing is left.</summary>
    public static string Fold(ReadOnlySpan<char> text)
    {
        var builder = new StringBuilder(text.Length);
        var pending = false;
        Append(builder, text, ref pending);
        return Finish(builder);
    }

    /// <summary>Appends text to a block; <paramref name="pendingSpace"/> says whether white space waits to be written.</summary>
    public static void Append(StringBuilder target, ReadOnlySpan<char> text, ref bool pendingSpace)
    {
        // Most text has nothing to fold but blanks at its ends.
        if (text.IndexOfAnyExceptInRange(' ', '~') < 0 && text.IndexOf("  ") < 0)
        {
            var core = text.Trim(' ');
            pendingSpace |= text is [' ', ..];
            Write(target, core, ref pendingSpace);
            pendingSpace |= text is [.., ' '];
            return;
        }

        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (IsAsciiInk(c))
                continue;

            // A blank between two letters stays as it is.
            if (c == ' ' && i > start && i + 1 < text.Length && IsAsciiInk(text[i + 1]))
            {
                i++;
                continue;
            }

            var space = char.IsWhiteSpace(c);
            if (!space && !IsNoise(c))
                continue;

            Write(target, text[start..i], ref pendingSpace);
            start = i + 1;
            pendingSpace |= space;
        }

        Write(target, text[start..], ref pendingSpace);
    }

    /// <summary>The block's text in NFC; unpaired surrogates become U+FFFD first, since they cannot be normalised.</summary>
    public static string Finish(StringBuilder builder)
    {
        var text = builder.ToString();
        if (IsSurelyComposed(text))
            return text;

        if (HasUnpairedSurrogate(text))
            text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

        return text.IsNormalized(NormalizationForm.FormC) ? text : text.Normalize(NormalizationForm.FormC);
    }

    private static bool IsAsciiInk(char c) => c is > ' ' and < '\u007F';

    /// <summary>
    /// True for a text of characters that NFC leaves alone whatever stands beside them
    /// (https://www.unicode.org/Public/UCD/latest/ucd/DerivedNormalizationProps.txt).
    /// </summary>
    private static bool IsSurelyComposed(ReadOnlySpan<char> text)
    {
        for (var rest = text; rest.IndexOfAnyExceptInRange('\0', '\u02FF') is var at and >= 0; rest = rest[(at + 1)..])
        {
            if (rest[at] is not ((>= '\u2010' and <= '\u2027') or '€' or (>= '\u0400' and <= '\u0482') or (>= '\u4E00' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3')))
                return false;
        }

        return true;
    }

    private static void Write(StringBuilder target, ReadOnlySpan<char> piece, ref bool pendingSpace)
    {
        if (piece.IsEmpty)
            return;

        if (pendingSpace && target.Length > 0)
            target.Append(' ');
        pendingSpace = false;
        target.Append(piece);
    }

    private static bool HasUnpairedSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return true;
            i++;
        }

        return false;
    }
}
