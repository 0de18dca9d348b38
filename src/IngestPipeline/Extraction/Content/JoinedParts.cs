using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// What belongs to chosen blocks by the page's structure, although the model, which looks at each, left it out: the other cells of a table's row, and the
/// list behind a line that ends with a colon.
/// </summary>
internal static class JoinedParts
{
    // Where the model is surer than this, it has seen what links and menus look like.
    private const int Least = -2 * Forest.Unit;

    // A list may be an offer, or a box of its own.
    private const int LeastOfList = Forest.Unit * -5 / 4;

    private const int MaxItems = 60;
    private const int MinIntroduction = 5;

    /// <summary>The chosen blocks with such parts.</summary>
    /// <param name="layout">The page.</param>
    /// <param name="kept">The places of the chosen blocks, ascending.</param>
    /// <param name="scores">The blocks' scores.</param>
    public static List<int> With(PageLayout layout, List<int> kept, int[] scores)
    {
        List<int>? all = null;
        for (var k = 0; k < kept.Count; k++)
        {
            var block = layout.Blocks[kept[k]];
            var next = k + 1 < kept.Count ? kept[k + 1] : layout.Blocks.Count;
            if (next == kept[k] + 1)
                continue;

            if (block.Text[^1] is ':' or '：' && Prose.Weight(block.Text) >= MinIntroduction && !Tags.IsHeading(block.Tag))
                Take(layout, scores, LeastOfList, kept[k], next, ListAfter(layout, block), ref all, kept);
            else if (BlockAssembler.RowOf(layout, block) is { } row && row.LastBlock >= next && row.FirstBlock <= kept[k])
                Take(layout, scores, Least, kept[k], next, row, ref all, kept);
        }

        all?.Sort();
        return all ?? kept;
    }

    /// <summary>Takes what a part has between two kept blocks, unless the model is sure of any of it.</summary>
    private static void Take(PageLayout layout, int[] scores, int least, int from, int to, PageNode? part, ref List<int>? all, List<int> kept)
    {
        if (part is null || part.LastBlock - from > MaxItems || part.IsHidden || part.LinkChars * 4 > part.Chars)
            return;

        var end = Math.Min(to - 1, part.LastBlock);
        for (var i = from + 1; i <= end; i++)
        {
            if (scores[i] < least || layout.Blocks[i].Text.Length > BlockAssembler.MaxCell)
                return;
        }

        all ??= [.. kept];
        for (var i = from + 1; i <= end; i++)
            all.Add(i);
    }

    private static PageNode? ListAfter(PageLayout layout, PageBlock line)
    {
        if (line.Index + 1 >= layout.Blocks.Count)
            return null;

        PageNode? list = null;
        for (PageNode? node = layout.Blocks[line.Index + 1].Container; node is not null && node.FirstBlock > line.Index; node = layout.Parent(node))
            list = node.Tag == TagKind.List ? node : list;
        return list is not null && list.Parent == line.Container.Parent && list.Blocks > 1 ? list : null;
    }
}
