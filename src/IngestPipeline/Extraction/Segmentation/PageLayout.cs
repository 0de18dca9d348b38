namespace IngestPipeline.Extraction.Segmentation;

/// <summary>A page as text blocks in reading order and the tree of elements that hold them.</summary>
/// <param name="Blocks">The blocks; nobody adds to them.</param>
/// <param name="Nodes">The elements, each after its parent; nobody adds to them. Both are lists and no interfaces, since they are read all the time.</param>
internal sealed record PageLayout(List<PageBlock> Blocks, List<PageNode> Nodes)
{
    // Parents are asked for all the time: an array answers without a call through the list.
    private readonly PageNode[] _nodes = [.. Nodes];

    /// <summary>The parent of a node; null for the root.</summary>
    public PageNode? Parent(PageNode node) => node.Parent < 0 ? null : _nodes[node.Parent];

    /// <summary>The innermost node that holds both.</summary>
    public PageNode CommonAncestor(PageNode a, PageNode b) => PageNode.Common(_nodes, a, b);

    /// <summary>This page, once what each node holds is counted from its blocks.</summary>
    public PageLayout Summed()
    {
        foreach (var block in Blocks)
        {
            var node = block.Node;
            node.Chars += block.Text.Length;
            node.LinkChars += block.LinkChars;
            node.Blocks++;
            if (Prose.IsProse(block))
            {
                node.ProseChars += block.Text.Length;
                node.ProseBlocks++;
            }

            if (node.FirstBlock < 0)
                node.FirstBlock = block.Index;
            node.LastBlock = block.Index;
        }

        // Nodes stand after their parents, so that one pass from the end sums whole trees.
        for (var i = Nodes.Count - 1; i > 0; i--)
        {
            var (node, parent) = (Nodes[i], Nodes[Nodes[i].Parent]);
            if (node.Blocks == 0)
                continue;

            parent.Chars += node.Chars;
            parent.LinkChars += node.LinkChars;
            parent.Blocks += node.Blocks;
            parent.ProseChars += node.ProseChars;
            parent.ProseBlocks += node.ProseBlocks;
            parent.FirstBlock = parent.FirstBlock < 0 ? node.FirstBlock : Math.Min(parent.FirstBlock, node.FirstBlock);
            parent.LastBlock = Math.Max(parent.LastBlock, node.LastBlock);
        }

        return this;
    }
}
