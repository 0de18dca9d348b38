using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction.Content;
using IngestPipeline.Extraction.Segmentation;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction;

/// <summary>Takes the article out of a page: decodes, parses once, reads metadata and body, strips boilerplate.</summary>
public sealed class ArticleExtractor
{
    private readonly ContentModel _model = ContentModel.Shipped ?? throw new InvalidOperationException("The block model is not embedded.");

    /// <summary>Extracts one page. Never throws for bad input; safe to call from several threads.</summary>
    public ExtractedArticle Extract(PageInput page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var decoded = PageDecoder.Decode(page);
        if (page.IsPlainText)
            return ExtractText(decoded);

        if (HtmlPreScan.Refuse(decoded.Text) is { } reason)
            return new() { Outcome = ExtractionOutcome.Refused, Reason = reason };

        using var document = TreeParser.Parse(decoded.Text);
        var metadata = MetadataReader.Read(document, page.Url);
        var layout = PageSegmenter.Segment(document);
        var hints = new PageHints(metadata);
        var selection = ContentSelection.Choose(layout, _model.Score(layout, hints), hints);
        if (EmbeddedText.Find(document, metadata, selection.Blocks) is { } embedded)
            selection = ContentSelection.Of(embedded);
        return OutcomeJudge.Judge(layout, metadata, page.Url, selection) with { IsTruncated = decoded.Truncated, CharsetWarning = decoded.Warning };
    }

    private static ExtractedArticle ExtractText(DecodedPage decoded)
    {
        var (blocks, removed) = BlockReport.Split(BoilerplateStripper.Shipped.Strip(PlainTextReader.Read(decoded.Text)));
        return new()
        {
            Outcome = blocks.Any(b => b.InText) ? ExtractionOutcome.Article : ExtractionOutcome.NoText,
            Reason = blocks.Any(b => b.InText) ? null : "no text is left",
            Metadata = PlainTextMetadata.Read(blocks, removed),
            Blocks = blocks,
            Removed = removed,
            IsTruncated = decoded.Truncated,
            CharsetWarning = decoded.Warning,
        };
    }
}
