using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// What the headline says about the chosen blocks: it is the record's title and no part of the text, and the article does not begin before it.
/// </summary>
internal static class HeadlineCut
{
    // A page that says its title once more below the article goes on with less.
    private const int MinAfter = 500;

    private const int MaxByline = 120;

    /// <summary>The chosen blocks without the headline and without what stands before it.</summary>
    /// <param name="layout">The page.</param>
    /// <param name="kept">The places of the chosen blocks, ascending.</param>
    /// <param name="hints">Its title.</param>
    /// <param name="rules">What bylines and dates look like; null to know none.</param>
    public static List<int> Without(PageLayout layout, List<int> kept, PageHints hints, BlockRules? rules = null)
    {
        if (kept.Count == 0)
            return kept;

        // Lines that only breaks part are one block: headline, byline and date.
        if (kept.Count > 1
            && hints.AfterTitle(layout.Blocks[kept[0]].Text) is { Length: > 0 and <= MaxByline } rest
            && rules?.Match(rest) is { Kind: "author" or "meta" })
            kept = kept[1..];

        Predicate<PageBlock> isTitle = b => Tags.IsHeading(b.Tag) && hints.InTitle(PageHints.Squeeze(b.Text)) == 2;
        var headline = layout.Blocks.FindIndex(isTitle);
        if (headline < 0)
            return kept;

        if (headline > kept[0] && kept.Sum(k => k > headline ? layout.Blocks[k].Text.Length : 0) >= MinAfter)
            kept = kept.FindAll(k => k >= headline);

        kept = NextArticles.Without(layout, kept, isTitle, rules);

        // A heading of a part may say the same, but not where the text begins.
        var first = kept.Count > 1 && kept[0] == headline ? headline : -1;
        return kept.FindAll(k => k != first && (layout.Blocks[k].Tag != TagKind.H1 || !isTitle(layout.Blocks[k])));
    }
}
