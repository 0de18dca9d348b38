namespace IngestPipeline.Extraction.Segmentation;

/// <summary>Paragraphs in preformatted text: messages and press releases are set so, with empty lines between them. Code is not parted.</summary>
internal static class PlainParagraphs
{
    private const int MinLength = 400;

    // One letter in fifty is a sign of code, or fewer.
    private const int Code = 50;

    private static readonly System.Buffers.SearchValues<char> Signs = System.Buffers.SearchValues.Create("{}()[];=<>$#_\\|+*");

    /// <summary>True for a long text of sentences with an empty line in it.</summary>
    public static bool IsProse(ReadOnlySpan<char> text)
    {
        if (text.Length < MinLength || First(text).Next >= text.Length)
            return false;

        var signs = 0;
        for (var rest = text; rest.IndexOfAny(Signs) is var at and >= 0; rest = rest[(at + 1)..])
            signs++;
        return signs * Code <= text.Length && text.IndexOf(". ") >= 0;
    }

    /// <summary>How long the first paragraph is, and where the next begins.</summary>
    public static (int Length, int Next) First(ReadOnlySpan<char> text)
    {
        for (var at = 0; text[at..].IndexOf('\n') is var step and >= 0;)
        {
            var (end, next) = (at + step, at + step + 1);
            while (next < text.Length && text[next] is ' ' or '\t' or '\r')
                next++;
            if (next < text.Length && text[next] == '\n')
                return (end, next + 1);
            at = end + 1;
        }

        return (text.Length, text.Length);
    }
}
