using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction.Content;
using IngestPipeline.Extraction.Metadata;
using IngestPipeline.Extraction.Segmentation;
using IngestPipeline.Extraction.Tree;

namespace IngestPipeline.Extraction;

/// <summary>Takes the article out of a page: decodes, parses once, reads metadata and body, strips boilerplate.</summary>
public sealed class ArticleExtractor
{
    private readonly ContentModel _model;
    private readonly BoilerplateStripper _stripper;

    /// <summary>Extracts with the rules and the block model that are shipped.</summary>
    public ArticleExtractor() => (_model, _stripper) = (ContentModel.Shipped, BoilerplateStripper.Shipped);

    /// <summary>Extracts with other rules or another block model, to try them.</summary>
    internal ArticleExtractor(BlockRules? rules, ContentModel? model = null) =>
        (_model, _stripper) = (model ?? ContentModel.Shipped, rules is null ? BoilerplateStripper.Shipped : new(rules));

    /// <summary>Extracts one page. Never throws for bad input; safe to call from several threads.</summary>
    public ExtractedArticle Extract(PageInput page) => Extract(page, null);

    /// <summary>Extracts one page and says of each of its blocks what became of it.</summary>
    internal (ExtractedArticle Article, IReadOnlyList<ExplainedBlock> Blocks) Explain(PageInput page)
    {
        var blocks = new List<ExplainedBlock>();
        return (Extract(page, blocks), blocks);
    }

    private ExtractedArticle Extract(PageInput page, List<ExplainedBlock>? explained)
    {
        ArgumentNullException.ThrowIfNull(page);
        using var decoded = PageDecoder.Decode(page);
        if (page.IsPlainText)
        {
            var text = ExtractText(decoded);
            explained?.AddRange(ExplainedBlock.Of(text.Blocks, text.Removed));
            return text;
        }

        using var lean = new LeanHtml(decoded.Memory);
        if (HtmlPreScan.Refuse(decoded.Memory.Span, lean) is { } reason)
            return new() { Outcome = ExtractionOutcome.Refused, Reason = reason };

        using var document = TreeParser.Parse(lean);
        var metadata = MetadataReader.Read(document, page.Url);
        var layout = PageSegmenter.Segment(document);
        var hints = new PageHints(metadata);
        var scores = _model.Score(layout, hints);
        var selection = ContentSelection.Choose(layout, scores, hints, _stripper);
        explained?.AddRange(ContentSelection.Explain(layout, scores, hints, _stripper));
        if (EmbeddedText.Find(document.Scripts(), metadata, selection.Blocks) is { } embedded)
        {
            selection = ContentSelection.Of(embedded, _stripper);
            explained?.AddRange(ExplainedBlock.Of(selection.Blocks, selection.Removed));
        }

        metadata = metadata with { Language = LanguageReader.OfArticle(metadata.Language, selection.Blocks) };
        return OutcomeJudge.Judge(layout, metadata, page.Url, selection) with { IsTruncated = decoded.Truncated, CharsetWarning = decoded.Warning };
    }

    private ExtractedArticle ExtractText(DecodedPage decoded)
    {
        var (blocks, removed) = BlockReport.Split(_stripper.Strip(PlainTextReader.Read(decoded.Text), isPlain: true));
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
