namespace IngestPipeline.Extraction.StructuredData;

/// <summary>Tells the quote that ends a string from one within it that nobody escaped.</summary>
internal static class LooseQuote
{
    /// <summary>
    /// True when the quote at <paramref name="at"/> ends its string: what follows could follow a string. In valid JSON every unescaped quote
    /// passes, so that only broken text is read otherwise.
    /// </summary>
    public static bool Closes(ReadOnlySpan<char> text, int at, bool isKey)
    {
        var next = NextInk(text, at + 1);
        if (next >= text.Length)
            return true;
        if (isKey)
            return text[next] is ':';
        if (text[next] is '}' or ']' or '<')
            return true;
        if (text[next] is '"')
            return IsKey(text, next);
        if (IsComment(text, next))
            return true;
        if (text[next] is not ',')
            return false;

        next = NextInk(text, next + 1);
        return next >= text.Length || IsComment(text, next) || text[next] is '"' or '\'' or '{' or '[' or '}' or ']' or '-' or ',' or (>= '0' and <= '9')
            || text[next..].StartsWith("true") || text[next..].StartsWith("false") || text[next..].StartsWith("null");
    }

    // A missing comma: `"a": "x" "b": "y"`. The key must be short, which bounds the look ahead.
    private static bool IsKey(ReadOnlySpan<char> text, int at)
    {
        var window = text.Slice(at + 1, Math.Min(40, text.Length - at - 1));
        var end = window.IndexOf('"');
        return end > 0 && NextInk(text, at + 2 + end) is var next && next < text.Length && text[next] is ':';
    }

    private static bool IsComment(ReadOnlySpan<char> text, int at) => text[at..] is ['/', '/' or '*', ..];

    private static int NextInk(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        return at;
    }
}
