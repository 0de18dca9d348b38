using System.Buffers;
using System.Globalization;
using System.Text;

namespace IngestPipeline.Extraction.Content;

/// <summary>Reads the long string values out of script data without understanding the script; strings that hold data are read again.</summary>
internal static class JsonStrings
{
    private const int MinLength = 60;
    private const int MaxDepth = 2;

    // Text is of words; of other signs alone are addresses, keys and numbers, which are many and long. A stroke may stand for a blank, a tag may part words, a
    // quote may be of data within.
    private static readonly SearchValues<char> Wordless =
        SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c).Where(c => c is not ('\\' or '<' or '"'))]);

    /// <summary>
    /// The long values in their order, unescaped, each with how many strings of any length stood before it; an empty one where a value has no words.
    /// </summary>
    /// <param name="script">The script.</param>
    /// <param name="quote">What stands around a string.</param>
    public static List<(string Value, int Ordinal)> Read(ReadOnlySpan<char> script, char quote = '"')
    {
        var (values, ordinal) = (new List<(string, int)>(), 0);
        Read(script, quote, 0, values, ref ordinal);
        return values;
    }

    private static void Read(ReadOnlySpan<char> script, char quote, int depth, List<(string Value, int Ordinal)> values, ref int ordinal)
    {
        var at = 0;
        while (script[at..].IndexOf(quote) is var step and >= 0)
        {
            at += step;
            var end = End(script, quote, at + 1);
            if (end < 0)
                return;

            ordinal++;

            if (end - at > MinLength)
            {
                var raw = script.Slice(at + 1, end - at - 1);
                var value = raw.ContainsAnyExcept(Wordless) ? Unescape(raw) : "";
                if (depth < MaxDepth && value.Contains("\":", StringComparison.Ordinal))
                    Read(value, '"', depth + 1, values, ref ordinal);
                else
                    values.Add((value, ordinal));
            }

            at = end + 1;
        }
    }

    /// <summary>Where the quote stands that ends the string which starts at a place; -1 when there is none.</summary>
    public static int End(ReadOnlySpan<char> script, char quote, int at)
    {
        while (at < script.Length)
        {
            var next = script[at..].IndexOfAny(quote, '\\');
            if (next < 0 || script[at + next] == quote)
                return next < 0 ? -1 : at + next;
            at += next + 2;
        }

        return -1;
    }

    /// <summary>The text that a string stands for.</summary>
    public static string Unescape(ReadOnlySpan<char> text)
    {
        if (!text.Contains('\\'))
            return text.ToString();

        var value = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 >= text.Length)
            {
                value.Append(text[i]);
                continue;
            }

            var c = text[++i];
            if (c == 'u'
                && i + 4 < text.Length
                && ushort.TryParse(text.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                value.Append((char)code);
                i += 4;
            }
            else
            {
                value.Append(c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' or 'f' => ' ', _ => c });
            }
        }

        return value.ToString();
    }
}
