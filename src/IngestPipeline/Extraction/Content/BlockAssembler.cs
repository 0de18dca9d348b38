using System.Text;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>Turns chosen page blocks into the blocks of an article: their kinds, and cells of a table joined row by row.</summary>
internal static class BlockAssembler
{
    /// <summary>Letters of a cell's block; longer ones are a page's columns, not data.</summary>
    public const int MaxCell = 300;

    private const int MaxCellBlocks = 3;

    /// <summary>The blocks of the article, in reading order; each with the page block that it starts at.</summary>
    public static List<(Block Block, int Source)> Assemble(PageLayout layout, IReadOnlyList<int> kept)
    {
        var blocks = new List<(Block, int)>(kept.Count);
        for (var k = 0; k < kept.Count; k++)
        {
            var block = layout.Blocks[kept[k]];
            if (ShortRowOf(layout, block) is { } row)
            {
                var end = k + 1;
                while (end < kept.Count && ShortRowOf(layout, layout.Blocks[kept[end]]) == row)
                    end++;
                if (end > k + 1)
                {
                    blocks.Add((new(BlockKind.Table, Join(layout, kept, k, end)), kept[k]));
                    k = end - 1;
                    continue;
                }
            }

            if (block.ParagraphEnds.Length > 0 && !Tags.IsHeading(block.Tag))
            {
                Part(KindOf(layout, block), block, blocks);
                continue;
            }

            blocks.Add((new(KindOf(layout, block), Tags.IsHeading(block.Tag) ? WithoutMark(block) : WithoutDebris(block.Text), Level(block.Tag)), kept[k]));
        }

        return blocks;
    }

    /// <summary>True for a cell that lays out a page: one of a data table holds a line or a few.</summary>
    public static bool IsColumn(PageNode node) => node.Tag == TagKind.Cell && node.Blocks > MaxCellBlocks;

    /// <summary>Adds the paragraphs of a block whose long lines breaks part.</summary>
    private static void Part(BlockKind kind, PageBlock block, List<(Block Block, int Source)> blocks)
    {
        var from = 0;
        foreach (var end in (ReadOnlySpan<int>)[.. block.ParagraphEnds, block.Text.Length])
        {
            if (block.Text.AsSpan(from, end - from).Trim() is { Length: > 0 } text)
                blocks.Add((new(kind, WithoutDebris(text.ToString())), block.Index));
            from = end;
        }
    }

    // The end of a comment whose beginning is lost shows as text.
    private static string WithoutDebris(string text) =>
        text.EndsWith("-->", StringComparison.Ordinal)
            && text.AsSpan(0, text.Length - 3).TrimEnd() is { Length: > 0 } rest
            && !rest.Contains("<!--", StringComparison.Ordinal)
            ? rest.ToString()
            : text;

    // What a heading's link to itself shows, or the one to its editor.
    private static string WithoutMark(PageBlock heading)
    {
        var text = heading.Text;
        foreach (var mark in (ReadOnlySpan<string>)["#", "¶", "[edit]"])
        {
            if (heading.LinkChars > 0 && heading.LinkChars <= mark.Length && text.Length > mark.Length && text.EndsWith(mark, StringComparison.Ordinal))
                return text[..^mark.Length].TrimEnd();
        }

        return text;
    }

    private static string Join(PageLayout layout, IReadOnlyList<int> kept, int from, int to)
    {
        var text = new StringBuilder();
        for (var k = from; k < to; k++)
            text.Append(k == from ? "" : " | ").Append(layout.Blocks[kept[k]].Text);
        return text.ToString();
    }

    private static PageNode? ShortRowOf(PageLayout layout, PageBlock block) => block.Text.Length > MaxCell ? null : RowOf(layout, block);

    /// <summary>The row of a data cell; null for a table that only lays out a page.</summary>
    public static PageNode? RowOf(PageLayout layout, PageBlock block)
    {
        PageNode? cell = null;
        for (var (node, level) = (block.Container, 0); node is not null && level < 4; node = layout.Parent(node), level++)
        {
            if (node.Tag == TagKind.Cell)
                cell = node;
            else if (node.Tag == TagKind.Row)
                return cell is not null && !IsColumn(cell) && node.Chars <= MaxCell * 4 ? node : null;
        }

        return null;
    }

    private static BlockKind KindOf(PageLayout layout, PageBlock block)
    {
        if (Tags.IsHeading(block.Tag))
            return BlockKind.Heading;

        for (var (node, level) = (block.Container, 0); node is not null && level < 3; node = layout.Parent(node), level++)
        {
            switch (node.Tag)
            {
                case TagKind.ListItem or TagKind.Definition or TagKind.Term:
                    return BlockKind.ListItem;
                case TagKind.Quote:
                    return BlockKind.Quote;
                case TagKind.Preformatted:
                    return BlockKind.Preformatted;
                case TagKind.Cell:
                    return BlockKind.Table;
                case TagKind.Caption:
                    return BlockKind.Caption;
            }
        }

        return BlockKind.Paragraph;
    }

    private static int Level(TagKind tag) => Tags.IsHeading(tag) ? tag - TagKind.H1 + 1 : 0;
}
