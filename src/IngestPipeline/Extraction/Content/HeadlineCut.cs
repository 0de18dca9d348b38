using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>What the headline says about the chosen blocks: it is the record's title and no part of the text, and the article does not begin before it.</summary>
internal static class HeadlineCut
{
    // A page that says its title once more below the article goes on with less.
    private const int MinAfter = 500;

    /// <summary>The chosen blocks without the headline and without what stands before it.</summary>
    /// <param name="layout">The page.</param>
    /// <param name="kept">The places of the chosen blocks, ascending.</param>
    /// <param name="hints">Its title.</param>
    public static List<int> Without(PageLayout layout, List<int> kept, PageHints hints)
    {
        if (kept.Count == 0)
            return kept;

        Predicate<PageBlock> isTitle = b => Tags.IsHeading(b.Tag) && hints.InTitle(PageHints.Squeeze(b.Text)) == 2;
        var headline = layout.Blocks.FindIndex(isTitle);
        if (headline < 0)
            return kept;

        if (headline > kept[0] && kept.Sum(k => k > headline ? layout.Blocks[k].Text.Length : 0) >= MinAfter)
            kept = kept.FindAll(k => k >= headline);

        kept = NextArticles.Without(layout, kept, isTitle);

        // A heading of a part may say the same, but not where the text begins.
        var first = kept.Count > 1 && kept[0] == headline ? headline : -1;
        return kept.FindAll(k => k != first && (layout.Blocks[k].Tag != TagKind.H1 || !isTitle(layout.Blocks[k])));
    }
}
