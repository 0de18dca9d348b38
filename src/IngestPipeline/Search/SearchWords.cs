using System.Text;

namespace IngestPipeline.Search;

/// <summary>Turns what a person types into an FTS5 expression, and text into what FTS5 can part into words.</summary>
internal static class SearchWords
{
    /// <summary>Parts the signs of scripts that are written without spaces; invisible, and taken out again before a text is shown.</summary>
    private const char Part = '\u200B';

    /// <summary>
    /// Words are joined by "and"; <c>"a phrase"</c> is looked for as it stands, <c>begin*</c> by its start, <c>-word</c> must not stand there,
    /// <c>OR</c> between two words takes either. Everything else a person may type is a word: no input is an error of syntax.
    /// </summary>
    /// <returns>The expression; null when no word is left to look for.</returns>
    public static string? Expression(string typed)
    {
        var wanted = new StringBuilder();
        var unwanted = new StringBuilder();
        var either = false;
        foreach (var (text, isPhrase) in Tokens(typed))
        {
            if (!isPhrase && text == "OR")
            {
                either = wanted.Length > 0;
                continue;
            }

            var negative = !isPhrase && text.Length > 1 && text[0] == '-';
            var prefix = !isPhrase && text.EndsWith('*');
            var word = Spaced(negative ? text[1..] : text);
            if (!word.Any(char.IsLetterOrDigit))
                continue;
            // Quoted, whatever it is cannot be syntax; SQLite would end its text at a NUL.
            var quoted = '"' + string.Concat(word.Select(c => c is '"' or '*' || char.IsControl(c) ? ' ' : c)) + '"' + (prefix ? "*" : "");
            if (negative)
                unwanted.Append(" NOT ").Append(quoted);
            else
                wanted.Append(wanted.Length == 0 ? "" : either ? " OR " : " AND ").Append(quoted);
            either = false;
        }

        return wanted.Length == 0 ? null : $"({wanted}){unwanted}";
    }

    /// <summary>The text with its spaceless signs parted.</summary>
    public static string Spaced(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange('\0', '\u0DFF') < 0)
            return text;
        var spaced = new StringBuilder(text.Length + 64);
        foreach (var c in text)
        {
            if (IsSpaceless(c))
                spaced.Append(Part).Append(c).Append(Part);
            else
                spaced.Append(c);
        }

        return spaced.ToString();
    }

    public static string Shown(string text) => text.Replace(Part.ToString(), "", StringComparison.Ordinal);

    private static IEnumerable<(string Text, bool IsPhrase)> Tokens(string typed)
    {
        for (var i = 0; i < typed.Length;)
        {
            if (char.IsWhiteSpace(typed[i]))
            {
                i++;
                continue;
            }

            var isPhrase = typed[i] == '"';
            var start = isPhrase ? i + 1 : i;
            var end = start;
            while (end < typed.Length && (isPhrase ? typed[end] != '"' : !char.IsWhiteSpace(typed[end])))
                end++;
            if (end > start)
                yield return (typed[start..end], isPhrase);
            i = isPhrase ? end + 1 : end;
        }
    }

    // Thai, Lao, Tibetan, Myanmar, Khmer, Han, kana and bopomofo.
    private static bool IsSpaceless(char c) =>
        c >= 0x0E00
            && (c <= 0x109F || c is >= '\u1780' and <= '\u17FF' or >= '\u3040' and <= '\u31FF' or >= '\u3400' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF');
}
