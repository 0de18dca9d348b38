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

    // A page of another kind may carry a few sentences of introduction.
    private const int Introduction = 600;

    // This many linked titles make a list of articles.
    private const int MinTitles = 20;
    private const int MinTitle = 25;

    /// <summary>Judges a page by its text and what it says of itself.</summary>
    public static ExtractedArticle Judge(PageLayout layout, ArticleMetadata metadata, Uri? url, ContentSelection selection)
    {
        var text = selection.Blocks.Where(b => b.InText).Sum(b => Prose.Weight(b.Text));
        var (outcome, reason) =
            OtherKind(layout, metadata, url, text) is { } kind ? (ExtractionOutcome.NotAnArticle, kind)
            : metadata.IsFree == false && text < FreeText ? (ExtractionOutcome.Paywalled, "marked as not free, and only a start of the text is there")
            : text < MinText || !selection.Blocks.Any(b => b.InText && Prose.IsRunning(b.Text))
                ? (ExtractionOutcome.NoText, layout.Blocks.Count == 0 ? "the page has no text" : "no running text was found")
            : (ExtractionOutcome.Article, (string?)null);
        return new() { Outcome = outcome, Reason = reason, Metadata = metadata, Blocks = selection.Blocks, Removed = selection.Removed };
    }

    private static string? OtherKind(PageLayout layout, ArticleMetadata metadata, Uri? url, int text)
    {
        // What calls itself an article is one, however short.
        if (text >= Introduction * 4 || metadata.IsTypedArticle)
            return null;

        if (text < Introduction && (metadata.Types.Contains("ImageGallery") || metadata.Types.Contains("MediaGallery")))
            return "a gallery with little text";
        if (text < Introduction && metadata.Types.Contains("VideoObject"))
            return "a video page with little text";

        var titles = layout.Blocks.Count(b => b.LinkChars == b.Text.Length && b.Text.Length >= MinTitle);
        if (url is { AbsolutePath: "/", Query: "" } && titles >= MinTitles)
            return "a front page";
        return text < Introduction && titles >= MinTitles && (text < MinText * 2 || metadata.Types.Contains("CollectionPage"))
            ? "a list of links to articles" : null;
    }
}
