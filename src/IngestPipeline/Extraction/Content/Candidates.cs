using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>The elements most likely to hold the article, by how running paragraphs gather in them.</summary>
internal static class Candidates
{
    private const int Levels = 4;

    /// <summary>The element whose own paragraphs weigh most; a paragraph counts whole for its parent, half for the next, and so on.</summary>
    public static PageNode? Top(PageLayout layout, bool[] prose)
    {
        var scores = RentedArrays.Rent<long>(layout.Nodes.Count);
        PageNode? best = null;
        long bestScore = 0;
        foreach (var block in layout.Blocks)
        {
            if (!prose[block.Index])
                continue;

            var node = layout.Parent(block.Container) ?? block.Container;
            long share = block.PlainChars * 16L;
            for (var level = 0; level < Levels; level++, share /= 2)
            {
                var score = scores[node.Index] += share;
                if (score > bestScore)
                    (best, bestScore) = (node, score);
                if (layout.Parent(node) is not { } parent)
                    break;
                node = parent;
            }
        }

        RentedArrays.Return(scores);
        return best;
    }

    /// <summary>The deepest element that still holds three fifths of the page's running text.</summary>
    public static PageNode? Core(PageLayout layout)
    {
        if (layout.Nodes.Count == 0 || layout.Nodes[0].ProseChars == 0)
            return null;

        var total = layout.Nodes[0].ProseChars;
        var core = layout.Nodes[0];
        foreach (var node in layout.Nodes)
        {
            if (node.ProseChars * 5L >= total * 3L && node.Depth > core.Depth)
                core = node;
        }

        return core;
    }
}
