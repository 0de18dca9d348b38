namespace IngestPipeline.Extraction.Content;

/// <summary>What a page keeps for browsers that run no scripts. The parser takes it for a text, as it reads pages like a browser that does.</summary>
internal static class NoScript
{
    // Shorter ones ask for scripts, count visits or stand in for a picture.
    private const int MinLength = 800;

    private const string Name = "noscript";

    /// <summary>The longest such markup of a page that may hold an article; empty when there is none.</summary>
    public static ReadOnlyMemory<char> Longest(ReadOnlyMemory<char> page)
    {
        var html = page.Span;
        var longest = ReadOnlyMemory<char>.Empty;
        for (var at = 0; html[at..].IndexOf("<noscript", StringComparison.OrdinalIgnoreCase) is var step and >= 0;)
        {
            at += step + 1 + Name.Length;
            var start = html[at..].IndexOf('>') + at + 1;
            var end = start > at ? HtmlTags.RawEnd(html, start, Name) : -1;
            if (end < 0)
                break;
            if (end - start > longest.Length)
                longest = page[start..end];
            at = end;
        }

        return longest.Length < MinLength ? ReadOnlyMemory<char>.Empty : longest;
    }
}
