using System.Text;
using IngestPipeline.Extraction;
using IngestPipeline.Feeds;

namespace IngestPipeline.Pipeline;

/// <summary>The text that a feed's entry carries, cleaned by the same rules as a page.</summary>
internal sealed class FeedText(ArticleExtractor extractor)
{
    /// <summary>The entry's content, or else its summary; null when it has neither.</summary>
    public ExtractedArticle? Of(FeedEntry entry)
    {
        if (Markup(entry) is not { } html)
            return null;

        // A fragment has no page around it: what it says is the article, so it is read as one.
        var page = extractor.Extract(new(Encoding.UTF8.GetBytes($"<!DOCTYPE html><html><body><article>{html}</article></body></html>"), null, null, "utf-8"));
        return page.TextLength > 0 ? page : null;
    }

    /// <summary>What the entry carries, as markup; null when it carries nothing.</summary>
    public static string? Markup(FeedEntry entry)
    {
        var html = string.IsNullOrWhiteSpace(entry.Content) ? entry.Summary : entry.Content;
        return string.IsNullOrWhiteSpace(html) ? null : html;
    }

    /// <summary>The page wins unless its text is under half of the feed's and contained in it.</summary>
    public static bool Wins(string feed, string page)
    {
        if (page.Length * 2 >= feed.Length)
            return false;
        var whole = Letters(feed);
        var part = Letters(page);
        return whole.Contains(part, StringComparison.Ordinal);
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
