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

        var headline = layout.Blocks.FindIndex(b => IsTitle(b, hints));
        if (headline > kept[0] && kept.Sum(k => k > headline ? layout.Blocks[k].Text.Length : 0) >= MinAfter)
            kept = kept.FindAll(k => k >= headline);

        // A menu may say the title too: the headline is what stands nearest above the text.
        if (headline >= 0 && kept.Count > 0)
            kept = NextArticles.Without(layout, kept, layout.Blocks.FindLastIndex(kept[0], b => IsTitle(b, hints)), b => !IsTitle(b, hints));

        // A heading of a part may say the same, but not where the text begins.
        var first = kept.Count > 1 && kept[0] == headline ? headline : -1;
        return headline < 0 ? kept : kept.FindAll(k => k != first && (layout.Blocks[k].Tag != TagKind.H1 || !IsTitle(layout.Blocks[k], hints)));
    }

    private static bool IsTitle(PageBlock block, PageHints hints) => Tags.IsHeading(block.Tag) && hints.InTitle(PageHints.Squeeze(block.Text)) == 2;
}
