using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// How large a page's features may become. The pages that the model learned from have at most some sixty paragraphs in an article; those with more running text
/// had it in comments. A paragraph of a long article would look the more like a comment the longer the article is, down to its first. So a page with a long
/// article is measured as if it went on no further.
/// </summary>
/// <param name="PageBlocks">Blocks of the page; what is larger counts as this large.</param>
/// <param name="Blocks">Blocks of an element or of a style, likewise.</param>
/// <param name="Paragraphs">Paragraphs of running text, likewise.</param>
/// <param name="Prose">Letters of running text, likewise.</param>
internal readonly record struct PageBounds(int PageBlocks, int Blocks, int Paragraphs, int Prose)
{
    /// <summary>Comments are elements of their own; so many paragraphs right in one element are an article, a chapter, a transcript.</summary>
    private const int Long = 60;

    // What readers write has fewer.
    private const int Chapter = 5;

    /// <summary>Nothing is bounded.</summary>
    public static PageBounds None { get; } = new(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue);

    /// <summary>The bounds for a page: none unless it has a long article.</summary>
    /// <param name="layout">The page.</param>
    /// <param name="isProse">Which blocks are running text.</param>
    /// <param name="paragraphs">How many are.</param>
    public static PageBounds Of(PageLayout layout, ReadOnlySpan<bool> isProse, int paragraphs)
    {
        if (paragraphs < Long)
            return None;

        var inside = new int[layout.Nodes.Count];
        for (var i = 0; i < isProse.Length; i++)
        {
            if (isProse[i] && layout.Parent(layout.Blocks[i].Container) is { } parent && ++inside[Whole(layout, parent).Index] == Long)
                return new(10 * Long, 2 * Long, Long, 500 * Long);
        }

        return None;
    }

    /// <summary>
    /// What is said in turn is a list's definitions, and a chapter a section of several paragraphs: the list and what holds the chapters are the article.
    /// </summary>
    private static PageNode Whole(PageLayout layout, PageNode node) =>
        (node.Tag == TagKind.Definition || (node.Tag == TagKind.Section && node.ProseBlocks >= Chapter)) && layout.Parent(node) is { } whole ? whole : node;
}
