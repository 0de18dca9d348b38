using IngestPipeline.Extraction.Content;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction;

/// <summary>Says what a page turned out to be.</summary>
internal static class OutcomeJudge
{
    // Below this, in letters (characters of scripts without spaces count three), there is no report to speak of.
    private const int MinText = 100;

    // A page marked as not free that shows this much is taken at its word only when it shows no more.
    private const int FreeText = 1_200;

    /// <summary>Judges a page by its text and what it says of itself.</summary>
    public static ExtractedArticle Judge(PageLayout layout, ArticleMetadata metadata, ContentSelection selection)
    {
        var text = selection.Blocks.Where(b => b.InText).Sum(b => Prose.Weight(b.Text));
        var (outcome, reason) = metadata.IsFree == false && text < FreeText ? (ExtractionOutcome.Paywalled, "marked as not free, and only a start of the text is there")
            : text < MinText ? (ExtractionOutcome.NoText, layout.Blocks.Count == 0 ? "the page has no text" : "no running text was found")
            : (ExtractionOutcome.Article, (string?)null);
        return new() { Outcome = outcome, Reason = reason, Metadata = metadata, Blocks = selection.Blocks, Removed = selection.Removed };
    }
}
