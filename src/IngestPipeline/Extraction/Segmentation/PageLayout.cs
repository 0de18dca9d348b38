namespace IngestPipeline.Extraction.Segmentation;

/// <summary>A page as text blocks in reading order and the tree of elements that hold them.</summary>
/// <param name="Blocks">The blocks.</param>
/// <param name="Nodes">The elements, each after its parent.</param>
internal sealed record PageLayout(IReadOnlyList<PageBlock> Blocks, IReadOnlyList<PageNode> Nodes)
{
    /// <summary>The parent of a node; null for the root.</summary>
    public PageNode? Parent(PageNode node) => node.Parent < 0 ? null : Nodes[node.Parent];

    /// <summary>The innermost node that holds both.</summary>
    public PageNode CommonAncestor(PageNode a, PageNode b)
    {
        while (a != b)
        {
            if (a.Depth >= b.Depth)
                a = Nodes[a.Parent];
            else
                b = Nodes[b.Parent];
        }

        return a;
    }
}
