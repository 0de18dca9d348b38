using System.Text;

namespace IngestPipeline.Boilerplate;

/// <summary>Folds blocks and cues to one form: lower case, plain quotes and dashes, one space, no ornaments at the ends.</summary>
internal static class CueText
{
    private static readonly System.Buffers.SearchValues<char> Ornaments =
        System.Buffers.SearchValues.Create(" \t\n•·*|►▶▸▹>»›→➡➤✓✔★☆■□▪●○◆♦–—-_~=#\u200D\uFE0F\u200E\u200F\"'.…");

    private static readonly System.Buffers.SearchValues<char> Openers =
        System.Buffers.SearchValues.Create(" \t\n•·*|►▶▸▹>»›→➡➤✓✔★☆■□▪●○◆♦–—-_~=\u200D\uFE0F\u200E\u200F[(");

    /// <summary>The folded block.</summary>
    public static string Fold(ReadOnlySpan<char> text)
    {
        var start = text.IndexOfAnyExcept(Openers);
        if (start < 0)
            return string.Empty;

        text = text[start..];
        // Emoji before a line's words are ornaments too.
        while (!text.IsEmpty && (char.IsSurrogate(text[0]) || char.GetUnicodeCategory(text[0]) == System.Globalization.UnicodeCategory.OtherSymbol && text[0] != '©'
            || Openers.Contains(text[0])))
            text = text[1..];

        var folded = new StringBuilder(text.Length);
        var space = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                space = folded.Length > 0;
                continue;
            }

            if (space)
                folded.Append(' ');
            space = false;
            folded.Append(c switch
            {
                '’' or '‘' or '`' or '´' or 'ʼ' => '\'',
                '“' or '”' or '„' or '«' or '»' => '"',
                '–' or '—' or '‑' or '−' => '-',
                _ => char.ToLowerInvariant(c),
            });
        }

        return folded.ToString();
    }

    /// <summary>The folded block without ornaments and stops at its end.</summary>
    public static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> folded)
    {
        var end = folded.LastIndexOfAnyExcept(Ornaments);
        return end < 0 ? default : folded[..(end + 1)].TrimEnd(":!)]");
    }

    /// <summary>True where a word could end before, or begin at, the place.</summary>
    public static bool IsBoundary(ReadOnlySpan<char> text, int at) =>
        at <= 0 || at >= text.Length || !char.IsLetterOrDigit(text[at - 1]) || !char.IsLetterOrDigit(text[at])
        || Extraction.Segmentation.Prose.IsSpaceless(text[at - 1]) || Extraction.Segmentation.Prose.IsSpaceless(text[at]);
}
