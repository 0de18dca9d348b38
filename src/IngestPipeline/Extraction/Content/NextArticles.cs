using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// Whole articles that follow the page's own, as on pages that go on for ever: each is as good a text as the first. One begins with a headline of the same
/// level, in an element that holds nothing of the article before it, and says who wrote it or when; or in an article element like the first one's, beside it.
/// </summary>
internal static class NextArticles
{
    // A headline over less is a part's heading.
    private const int MinBefore = 400;

    // Between a headline and its text stand the author, the date, a row of buttons, a caption.
    private const int Head = 8;

    private static readonly ulong Signed = CueTokens.Bit(CueGroup.Author) | CueTokens.Bit(CueGroup.Date);

    /// <summary>The chosen blocks up to where another article begins.</summary>
    /// <param name="layout">The page.</param>
    /// <param name="kept">The places of the chosen blocks, ascending.</param>
    /// <param name="isTitle">True for a heading that says the page's title.</param>
    /// <param name="rules">What bylines and dates look like; null to know none.</param>
    public static List<int> Without(PageLayout layout, List<int> kept, Predicate<PageBlock> isTitle, BlockRules? rules = null)
    {
        if (kept.Count < 3)
            return kept;

        // A menu may say the title too: the headline is what stands nearest above the text.
        var headline = layout.Blocks.FindLastIndex(kept[0], isTitle);
        if (headline < 0)
            return kept;

        var (first, before, next, text) = (layout.Blocks[headline].Container, 0L, 0, -1);
        for (var i = headline + 1; i < kept[^1]; i++)
        {
            for (; next < kept.Count && kept[next] < i; next++)
                before += kept[next] > headline ? layout.Blocks[kept[next]].Text.Length : 0;

            var container = layout.Blocks[i].Container;
            if (container.Tag != first.Tag
                || before < MinBefore
                || PartOf(layout, i, kept[next - 1]) is not { } part
                || part.LastBlock < kept[next]
                || part.FirstBlock <= headline)
                continue;

            // The running text that follows, which several headings may have in common.
            if (text <= i && (text = kept.FindIndex(next, k => k > i && Prose.IsProse(layout.Blocks[k])) is >= 0 and var at ? kept[at] : -1) < 0)
                return kept;

            // A part of the article has no author and no date of its own.
            if (text <= part.LastBlock && (IsSigned(layout, i, text, part, rules) || IsTwin(layout, first, container)) && !isTitle(layout.Blocks[i]))
                return kept.FindAll(k => k < part.FirstBlock);
        }

        return kept;
    }

    /// <summary>The largest element around a headline that begins after what is kept before it.</summary>
    private static PageNode? PartOf(PageLayout layout, int heading, int before)
    {
        PageNode? part = null;
        for (PageNode? node = layout.Blocks[heading].Container; node is not null && node.FirstBlock > before; node = layout.Parent(node))
            part = node;
        return part;
    }

    /// <summary>True when each of two headlines begins an article element, and these are of one style and stand beside each other.</summary>
    private static bool IsTwin(PageLayout layout, PageNode first, PageNode second) =>
        ArticleOf(layout, first) is { } a && ArticleOf(layout, second) is { } b && a != b && a.Parent == b.Parent && a.Style == b.Style;

    private static PageNode? ArticleOf(PageLayout layout, PageNode headline)
    {
        PageNode? node = headline;
        while (node is not null && node.Tag != TagKind.Article)
            node = layout.Parent(node);
        return node is not null && node.FirstBlock == headline.FirstBlock ? node : null;
    }

    private static bool IsSigned(PageLayout layout, int heading, int text, PageNode part, BlockRules? rules)
    {
        for (var i = Math.Max(part.FirstBlock, heading - 2); i < text && i <= heading + Head; i++)
        {
            if (i == heading)
                continue;
            if (layout.Blocks[i].TimeChars > 0
                || rules?.Match(layout.Blocks[i].Text) is { Id: var id }
                    && (id.StartsWith("byline", StringComparison.Ordinal) || id.StartsWith("date-line", StringComparison.Ordinal)))
                return true;
            for (PageNode? node = layout.Blocks[i].Container; node is not null && node.LastBlock < text; node = layout.Parent(node))
            {
                if ((node.Cues & Signed) != 0)
                    return true;
            }
        }

        return false;
    }
}
