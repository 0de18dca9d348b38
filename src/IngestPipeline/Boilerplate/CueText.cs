using System.Buffers;
using System.Text;

namespace IngestPipeline.Boilerplate;

/// <summary>Folds blocks and cues to one form: lower case, plain quotes and dashes, one space, no ornaments at the ends.</summary>
internal static class CueText
{
    private static readonly SearchValues<char> Ornaments =
        SearchValues.Create(" \t\n•·*|►▶▸▹>»›→➡➤✓✔★☆■□▪●○◆♦–—-_~=#\u200D\uFE0F\u200E\u200F\"'.…");

    private static readonly SearchValues<char> Openers =
        SearchValues.Create(" \t\n•·*|►▶▸▹>»›→➡➤✓✔★☆■□▪●○◆♦–—-_~=\u200D\uFE0F\u200E\u200F[(");

    /// <summary>The folded block.</summary>
    public static string Fold(ReadOnlySpan<char> text)
    {
        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        var folded = new string(buffer, 0, Fold(text, buffer));
        ArrayPool<char>.Shared.Return(buffer);
        return folded;
    }

    /// <summary>Folds a block into a buffer and returns the folded block's length.</summary>
    /// <param name="text">The block.</param>
    /// <param name="buffer">Room for as many characters as the block has.</param>
    public static int Fold(ReadOnlySpan<char> text, Span<char> buffer)
    {
        var start = text.IndexOfAnyExcept(Openers);
        if (start < 0)
            return 0;

        text = text[start..];
        // Emoji before a line's words are ornaments too.
        while (!text.IsEmpty && (char.IsSurrogate(text[0]) || char.GetUnicodeCategory(text[0]) == System.Globalization.UnicodeCategory.OtherSymbol && text[0] != '©'
            || Openers.Contains(text[0])))
            text = text[1..];

        // Most lines are plain.
        if (text.IndexOfAnyExceptInRange(' ', '~') < 0 && !text.Contains('`') && text.IndexOf("  ") < 0)
        {
            Ascii.ToLower(text.TrimEnd(' '), buffer, out var plain);
            return plain;
        }

        // No character grows, and a space stands for at least one.
        var (length, space) = (0, false);
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                space = length > 0;
                continue;
            }

            if (space)
                buffer[length++] = ' ';
            space = false;
            buffer[length++] = char.IsAscii(c) ? (c == '`' ? '\'' : char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c) : c switch
            {
                '’' or '‘' or '´' or 'ʼ' => '\'',
                '“' or '”' or '„' or '«' or '»' => '"',
                '–' or '—' or '‑' or '−' => '-',
                _ => char.ToLowerInvariant(c),
            };
        }

        return length;
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
