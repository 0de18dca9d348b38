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
    private readonly PlainTextExtractor _text;

    /// <summary>Extracts with the rules and the block models that are shipped.</summary>
    public ArticleExtractor()
        : this(null)
    {
    }

    /// <summary>Extracts with other rules or other block models, to try them.</summary>
    internal ArticleExtractor(BlockRules? rules, BlockModels? models = null)
    {
        (_model, _stripper) = (models?.Page ?? ContentModel.Shipped, rules is null ? BoilerplateStripper.Shipped : new(rules));
        _text = new(models?.Text, _stripper);
    }

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
        if (Elsewhere(decoded.Memory, document, metadata, hints, selection.Blocks) is { } found)
        {
            selection = found;
            explained?.AddRange(ExplainedBlock.Of(selection.Blocks, selection.Removed));
        }

        metadata = metadata with { Language = LanguageReader.OfArticle(metadata.Language, selection.Blocks) };
        return OutcomeJudge.Judge(layout, metadata, page.Url, selection) with { IsTruncated = decoded.Truncated, CharsetWarning = decoded.Warning };
    }

    /// <summary>
    /// The text of a page that shows little of it: from its data, or from what it keeps for browsers without scripts; null where what it shows is as good.
    /// </summary>
    private ContentSelection? Elsewhere(ReadOnlyMemory<char> page, TreeDocument document, ArticleMetadata metadata, PageHints hints, IReadOnlyList<Block> shown)
    {
        if (!EmbeddedText.IsLittle(shown))
            return null;
        return EmbeddedText.Find(document.Scripts(), metadata, shown) is { } embedded
            ? ContentSelection.Of(embedded, _stripper)
            : WithoutScripts(page, hints, shown);
    }

    /// <summary>What is chosen from what the page keeps for browsers without scripts; null where that is no more than it shows.</summary>
    private ContentSelection? WithoutScripts(ReadOnlyMemory<char> page, PageHints hints, IReadOnlyList<Block> shown)
    {
        if (NoScript.Longest(page) is not { Length: > 0 } markup || HtmlPreScan.Refuse(markup.Span) is not null)
            return null;

        using var document = TreeParser.Parse(markup);
        var layout = PageSegmenter.Segment(document);
        var selection = ContentSelection.Choose(layout, _model.Score(layout, hints), hints, _stripper);
        return EmbeddedText.Replaces(selection.Blocks, shown) ? selection : null;
    }

    private ExtractedArticle ExtractText(DecodedPage decoded)
    {
        var plain = _text.Extract(decoded.Text);
        var isArticle = plain.Blocks.Any(b => b.InText);
        return new()
        {
            Outcome = isArticle ? ExtractionOutcome.Article : ExtractionOutcome.NoText,
            Reason = isArticle ? null : "no text is left",
            Metadata = PlainTextMetadata.Read(plain),
            Blocks = plain.Blocks,
            Removed = plain.Removed,
            IsTruncated = decoded.Truncated,
            CharsetWarning = decoded.Warning,
        };
    }
}
