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
    public PageNode CommonAncestor(PageNode a, PageNode b)
    {
        while (a != b)
        {
            if (a.Depth >= b.Depth)
                a = _nodes[a.Parent];
            else
                b = _nodes[b.Parent];
        }

        return a;
    }
}
