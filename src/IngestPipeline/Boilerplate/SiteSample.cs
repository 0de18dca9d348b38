using IngestPipeline.Extraction;

namespace IngestPipeline.Boilerplate;

/// <summary>What one article teaches about its site: which blocks it has, and whether they stand at its edge.</summary>
/// <param name="Id">The article.</param>
/// <param name="Body">A key of its longest blocks: an article that is published twice teaches once.</param>
/// <param name="Edge">Keys of blocks at its edge.</param>
/// <param name="Inner">Keys of sentences further inside.</param>
internal sealed record SiteSample(string Id, ulong Body, IReadOnlyList<ulong> Edge, IReadOnlyList<ulong> Inner)
{
    /// <summary>Sentences this near before the first and after the last block of the text stand at its edge.</summary>
    public const int EdgeDepth = 4;

    /// <summary>Labels count this near before the end only: elsewhere they head what follows.</summary>
    public const int LabelDepth = 3;

    // A live blog says no more about its site than a report does.
    private const int MaxInner = 24;

    /// <summary>From an article's blocks; null when there are too few to tell an edge from an inside.</summary>
    public static SiteSample? Of(string id, IReadOnlyList<Block> blocks)
    {
        var text = blocks.Where(b => b.InText).ToList();
        if (text.Count < 2)
            return null;

        var (edge, inner) = (new SortedSet<ulong>(), new SortedSet<ulong>());
        for (var i = 0; i < text.Count; i++)
        {
            if (SiteBlock.Of(text[i]) is not { } block)
                continue;
            if (block.IsSentence ? i < EdgeDepth || i >= text.Count - EdgeDepth : i >= text.Count - LabelDepth)
                edge.Add(block.Key);
            else if (block.IsSentence && inner.Count < MaxInner)
                inner.Add(block.Key);
        }

        inner.ExceptWith(edge);
        return new(id, BodyOf(text), [.. edge], [.. inner]);
    }

    // Several, because the longest ones may be the site's own boxes.
    private static ulong BodyOf(List<Block> text)
    {
        var hash = Fnv1a.Basis;
        foreach (var block in text.OrderByDescending(b => b.Text.Length).ThenBy(b => b.Text, StringComparer.Ordinal).Take(8))
            hash = Fnv1a.Of(block.Text, hash);
        return hash;
    }
}
