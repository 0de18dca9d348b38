using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction.Content;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction;

/// <summary>
/// Takes the article out of plain text. A text that rules find nothing much in passes as it is, but for what they find; one that carries a page's other lines,
/// as a copy of the whole page does, is looked at by a block model of its own, trained on such copies.
/// </summary>
internal sealed class PlainTextExtractor(ContentModel? model, BoilerplateStripper stripper)
{
    // Cleaned text has none, so that cleaning it again changes nothing; an article has hardly more than one that looks like one.
    private const int MinHits = 2;

    // Lines left out are told of so far before the text and behind it; captions and notes that far behind it are still the article's.
    private const int Before = 60;
    private const int After = 150;
    private const int Near = 6;

    private static readonly PageHints NoHints = new(new());

    private readonly Lazy<ContentModel> _model = model is null ? new(() => ContentModel.ShippedText) : new(model);

    /// <summary>Takes a text apart.</summary>
    public PlainText Extract(string text)
    {
        var layout = TextLayout.Of(PlainTextReader.ReadGroups(text), stripper.Rules);
        List<string> lines = [.. layout.Page.Blocks.Select(b => b.Text)];
        var kept = layout.Rules.Count(IsBoilerplate) >= MinHits ? Choose(layout) : [];
        if (!kept.Exists(IsProse))
        {
            var (all, gone) = BlockReport.Split(stripper.Strip(lines.Select(l => new Block(BlockKind.Paragraph, l)), isPlain: true));
            return new(lines, Math.Max(0, lines.FindIndex(l => Prose.IsProse(l, 0))), lines.Count, null, all, gone);
        }

        var head = PlainTextHead.Find(layout, kept);
        var (blocks, removed) = BlockReport.Split(Strip(layout, kept, head));
        return new(lines, kept.Find(IsProse), kept[^1] + 1, head, blocks, removed);

        bool IsProse(int k) => Prose.IsProse(lines[k], 0);
    }

    private List<int> Choose(TextLayout layout)
    {
        var scores = _model.Value.Score(layout.Page, NoHints);
        var kept = BlockChoice.Choose(layout.Page, scores);
        return PlainSubheadings.With(layout, scores, kept);
    }

    private static bool IsBoilerplate(BlockRule? rule) => rule is { Action: RuleAction.Remove };

    private List<StripItem> Strip(TextLayout layout, List<int> kept, PlainTextHead? head)
    {
        var from = head is null ? 0 : head.Line + 1;
        kept = kept.FindAll(k => k >= from);
        var stripped = stripper.Strip(kept.Select(k => new Block(BlockKind.Paragraph, layout.Page.Blocks[k].Text)), isPlain: true);
        var (items, next, left) = (new List<StripItem>(kept.Count), 0, 0);
        var end = Math.Min(layout.Page.Blocks.Count, kept[^1] + After);
        for (var i = Math.Max(0, kept[0] - Before); i < end; i++)
        {
            if (next < kept.Count && kept[next] == i)
                items.Add(stripped[next++]);
            else if (left++ < ContentSelection.MaxRemoved)
                items.Add(Left(layout, i, head, i >= kept[0] && i <= kept[^1] + Near));
        }

        return items;
    }

    private static StripItem Left(TextLayout layout, int line, PlainTextHead? head, bool isNear)
    {
        var item = new StripItem(new(BlockKind.Paragraph, layout.Page.Blocks[line].Text));
        if (line == head?.Line)
            item.Set(ContentSelection.HeadlineRule, "headline", ContentSelection.HeadlineReason);
        else if (layout.Rules[line] is { } rule
            && (rule.Action == RuleAction.Remove || (isNear && rule.Action is RuleAction.Caption or RuleAction.Syndication)))
            item.Apply(rule);
        else
            item.Set("model", "model", "the block model found it unlike the article: words, place and neighbours");
        return item;
    }
}
