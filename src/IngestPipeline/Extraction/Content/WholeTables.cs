using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// Tables of data that stand right between kept blocks: the model looks at each cell, and a number in a cell says little of itself. Such a table is kept as a
/// whole, unless the model is sure of the most of it.
/// </summary>
internal static class WholeTables
{
    // Where the model is surer than this on the average, the table compares offers, or is a box of its own.
    private const int Least = Forest.Unit * -19 / 10;

    private const int MaxBlocks = 1_000;

    // Fewer rows are as often a box of facts, or of what an offer holds; less is asked of a table that the model kept in part.
    private const int MinRows = 4;
    private const int MinRowsInPart = 3;

    // Columns, on the average.
    private const int MinColumns = 2;

    /// <summary>The chosen blocks with such tables.</summary>
    /// <param name="layout">The page.</param>
    /// <param name="kept">The places of the chosen blocks, ascending.</param>
    /// <param name="scores">The blocks' scores.</param>
    public static List<int> With(PageLayout layout, List<int> kept, int[] scores)
    {
        List<int>? all = null;
        foreach (var node in layout.Nodes)
        {
            if (node.Tag != TagKind.Table || !IsAmidText(layout, kept, node, out var from, out var to) || !IsData(layout, node, scores, to > from ? MinRowsInPart : MinRows))
                continue;
            all ??= [.. kept];
            for (var (i, k) = (node.FirstBlock, from); i <= node.LastBlock; i++)
            {
                if (k < to && kept[k] == i)
                    k++;
                else
                    all.Add(i);
            }
        }

        all?.Sort();
        return all ?? kept;
    }

    private static bool IsData(PageLayout layout, PageNode table, int[] scores, int minRows)
    {
        if (table.IsHidden || table.Blocks > MaxBlocks || table.LinkChars * 4 > table.Chars || table.LastBlock - table.FirstBlock + 1 != table.Blocks)
            return false;

        var rows = 0;
        for (var n = table.Index + 1; n < layout.Nodes.Count && layout.Nodes[n].FirstBlock <= table.LastBlock; n++)
        {
            var node = layout.Nodes[n];
            if (node.FirstBlock < table.FirstBlock)
                continue;
            if (node.Tag == TagKind.Table || BlockAssembler.IsColumn(node))
                return false;
            rows += node.Tag == TagKind.Row ? 1 : 0;
        }

        if (rows < minRows || table.Blocks < rows * MinColumns)
            return false;

        long sum = 0;
        for (var i = table.FirstBlock; i <= table.LastBlock; i++)
        {
            if (layout.Blocks[i].Text.Length > BlockAssembler.MaxCell)
                return false;
            sum += scores[i];
        }

        return sum >= (long)Least * table.Blocks;
    }

    /// <summary>
    /// True where kept blocks stand right before and behind, a heading over the table apart, and a note below one that was kept in part; <paramref name="from"/> and <paramref name="to"/>
    /// bound what is kept within.
    /// </summary>
    private static bool IsAmidText(PageLayout layout, List<int> kept, PageNode table, out int from, out int to)
    {
        from = kept.BinarySearch(table.FirstBlock);
        from = from < 0 ? ~from : from;
        to = kept.BinarySearch(table.LastBlock);
        to = to < 0 ? ~to : to + 1;
        return from > 0 && to < kept.Count && to - from < table.Blocks
            && (table.FirstBlock - kept[from - 1] - 1 is var before && (before == 0 || (before == 1 && Tags.IsHeading(layout.Blocks[table.FirstBlock - 1].Tag))))
            && (kept[to] - table.LastBlock - 1 is var behind && (behind == 0 || (behind == 1 && to > from && layout.Blocks[table.LastBlock + 1].Links == 0)));
    }
}
