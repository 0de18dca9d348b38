namespace IngestPipeline.Pipeline.Forgetting;

/// <summary>Finds the elements of a feed's entries in its markup: item, entry or url, with any prefix.</summary>
internal static class EntryElements
{
    private static readonly string[] Names = ["item", "entry", "url"];

    /// <summary>The elements from the first sign of each to behind its last, in their order. Comments and CDATA sections are passed over.</summary>
    public static List<(int Start, int End)> Find(string text)
    {
        var found = new List<(int, int)>();
        var (open, name, depth) = (-1, "", 0);
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0; at = at < text.Length ? text.IndexOf('<', at) : -1)
        {
            if (Skipped(text, at) is { } behind)
            {
                at = behind;
                continue;
            }

            var end = TagEnd(text, at);
            var isClosing = at + 1 < text.Length && text[at + 1] == '/';
            var tag = Name(text, at + (isClosing ? 2 : 1));
            var isEmpty = end >= 2 && text[end - 2] == '/';
            if (open < 0)
            {
                if (!isClosing && Names.Contains(tag[(tag.IndexOf(':', StringComparison.Ordinal) + 1)..], StringComparer.OrdinalIgnoreCase))
                {
                    if (isEmpty)
                        found.Add((at, end));
                    else
                        (open, name, depth) = (at, tag, 1);
                }
            }
            else if (tag == name)
            {
                depth += isClosing ? -1 : isEmpty ? 0 : 1;
                if (depth == 0)
                {
                    found.Add((open, end));
                    open = -1;
                }
            }

            at = end;
        }

        return found;
    }

    private static int? Skipped(string text, int at)
    {
        foreach (var (start, stop) in new[] { ("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>") })
        {
            if (string.CompareOrdinal(text, at, start, 0, start.Length) == 0)
                return text.IndexOf(stop, at + start.Length, StringComparison.Ordinal) is >= 0 and var end ? end + stop.Length : text.Length;
        }

        return null;
    }

    // A quoted value may hold the sign that ends a tag.
    private static int TagEnd(string text, int at)
    {
        var quote = '\0';
        for (var i = at + 1; i < text.Length; i++)
        {
            var c = text[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c == '>')
                return i + 1;
        }

        return text.Length;
    }

    private static string Name(string text, int at)
    {
        var end = at;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is ':' or '-' or '_' or '.'))
            end++;
        return text[at..end];
    }
}
