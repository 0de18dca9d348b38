using IngestPipeline.Extraction.Content;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction;

/// <summary>
/// Subheadings of a copied page: without markup they look like pointers to other articles, and the model is unsure of both. A short title that stands alone
/// between two kept paragraphs is kept when the model is not against it: on held-out copies two of three such lines are the article's.
/// </summary>
internal static class PlainSubheadings
{
    private const int MaxLength = 60;
    private const int Bar = -1 * Forest.Unit;

    /// <summary>The chosen lines with such headings.</summary>
    /// <param name="layout">The text.</param>
    /// <param name="scores">The model's scores of its lines.</param>
    /// <param name="kept">The chosen lines, ascending.</param>
    public static List<int> With(TextLayout layout, int[] scores, List<int> kept)
    {
        var (lines, all) = (layout.Page.Blocks, new List<int>(kept.Count));
        for (var k = 0; k < kept.Count; k++)
        {
            if (k > 0
                && Prose.IsProse(lines[kept[k]])
                && Prose.IsProse(lines[kept[k - 1]])
                && Between(layout, kept[k - 1], kept[k]) is var line and >= 0
                && scores[line] > Bar)
                all.Add(line);
            all.Add(kept[k]);
        }

        return all;
    }

    /// <summary>The one line between two that no rule meets, where it looks like a heading; −1 when there is none or another.</summary>
    private static int Between(TextLayout layout, int from, int to)
    {
        var found = -1;
        for (var i = from + 1; i < to; i++)
        {
            if (layout.Rules[i] is not null)
                continue;
            if (found >= 0)
                return -1;
            found = i;
        }

        return found >= 0 && IsTitle(layout.Page.Blocks[found].Text) && layout.Page.Parent(layout.Page.Blocks[found].Node)?.Tag != TagKind.Section ? found : -1;
    }

    private static bool IsTitle(string text) =>
        text.Length <= MaxLength && text.Contains(' ', StringComparison.Ordinal) && !text.Contains(':', StringComparison.Ordinal) && !Prose.IsRunning(text);
}
