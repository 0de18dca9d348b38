namespace IngestPipeline.Extraction.Segmentation;

/// <summary>An element that holds text blocks, with the sums over them.</summary>
internal sealed class PageNode
{
    /// <summary>The index of this node in <see cref="PageLayout.Nodes"/>.</summary>
    public required int Index { get; init; }

    /// <summary>The parent's index; −1 for the root.</summary>
    public required int Parent { get; init; }

    /// <summary>Levels below the root.</summary>
    public required int Depth { get; init; }

    /// <summary>What the element is.</summary>
    public required TagKind Tag { get; init; }

    /// <summary>The groups that its own class, id and role hint at.</summary>
    public required ulong Cues { get; init; }

    /// <summary>A hash of tag and class words without digits: equal for elements of one style.</summary>
    public required ulong Style { get; init; }

    /// <summary>True when the element or one above it is not shown.</summary>
    public required bool IsHidden { get; init; }

    /// <summary>True when the element carries <c>itemprop="articleBody"</c>.</summary>
    public required bool IsArticleBody { get; init; }

    /// <summary>Characters of all text below.</summary>
    public int Chars { get; set; }

    /// <summary>Characters of linked text below.</summary>
    public int LinkChars { get; set; }

    /// <summary>Characters in running paragraphs below.</summary>
    public int ProseChars { get; set; }

    /// <summary>Blocks below.</summary>
    public int Blocks { get; set; }

    /// <summary>Running paragraphs below.</summary>
    public int ProseBlocks { get; set; }

    /// <summary>The first block below; −1 when there is none.</summary>
    public int FirstBlock { get; set; } = -1;

    /// <summary>The last block below; −1 when there is none.</summary>
    public int LastBlock { get; set; } = -1;

    /// <summary>The innermost node that holds both.</summary>
    /// <param name="nodes">The nodes of the page, each at its index.</param>
    /// <param name="a">One of them.</param>
    /// <param name="b">Another, or the same.</param>
    public static PageNode Common(ReadOnlySpan<PageNode> nodes, PageNode a, PageNode b)
    {
        while (a != b)
        {
            if (a.Depth >= b.Depth)
                a = nodes[a.Parent];
            else
                b = nodes[b.Parent];
        }

        return a;
    }
}
