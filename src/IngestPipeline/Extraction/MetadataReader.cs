using AngleSharp.Dom;
using IngestPipeline.Extraction.Metadata;
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
        var facts = PageFacts.Of(PageScanner.Scan(document), url);
        var title = TitleReader.Read(facts);
        var (published, modified) = DateReader.Read(facts);
        var body = facts.Things.SelectMany(t => t.Values("articleBody")).Select(v => HtmlFragment.Paragraphs(v.Text)).MaxBy(t => t.Length);

        return new()
        {
            Title = title,
            Authors = AuthorReader.Read(facts),
            Published = published,
            Modified = modified,
            ArticleBody = string.IsNullOrEmpty(body) ? null : body,
            Types = facts.Main?.Types ?? [],
        };
    }
}
