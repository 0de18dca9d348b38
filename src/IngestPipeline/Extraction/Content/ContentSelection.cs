using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>The blocks chosen for the article and those left out near it.</summary>
/// <param name="Blocks">The kept blocks, in reading order.</param>
/// <param name="Removed">The blocks left out that stood within or near the article, at most <see cref="MaxRemoved"/>.</param>
internal sealed record ContentSelection(IReadOnlyList<Block> Blocks, IReadOnlyList<StrippedBlock> Removed)
{
    /// <summary>More removed blocks are not listed.</summary>
    public const int MaxRemoved = 200;

    /// <summary>The rule of a left-out block that is the record's title, and its reason.</summary>
    public const string HeadlineRule = "headline";

    /// <inheritdoc cref="HeadlineRule"/>
    public const string HeadlineReason = "repeats the headline, which the record has as its title";

    // Blocks this near before and after the article are reported too.
    private const int Near = 6;

    /// <summary>Chooses by score, then lets the rules strip what the model kept.</summary>
    public static ContentSelection Choose(PageLayout layout, int[] scores, PageHints hints, BoilerplateStripper stripper)
    {
        var (kept, sources, items, asides) = Strip(layout, scores, hints, stripper);
        return asides is null ? new([], []) : Report(layout, hints, kept, asides, sources, items, stripper.Rules);
    }

    /// <summary>Chooses likewise, and says of every block of the page what became of it.</summary>
    public static IReadOnlyList<ExplainedBlock> Explain(PageLayout layout, int[] scores, PageHints hints, BoilerplateStripper stripper)
    {
        var (kept, sources, items, asides) = Strip(layout, scores, hints, stripper);
        var (from, to) = kept.Count == 0 ? (0, -1) : (kept[0] - Near, kept[^1] + Near);
        var joined = kept.Except(sources).ToHashSet();
        var (all, next) = (new List<ExplainedBlock>(layout.Blocks.Count), 0);
        for (var i = 0; i < layout.Blocks.Count; i++)
        {
            var met = next;
            for (; next < sources.Length && sources[next] == i; next++)
            {
                var item = items[next];
                if (item.Kept is { } block)
                    all.Add(
                        new(
                            block.Text, block.InText ? BlockFate.Kept : BlockFate.Beside, scores[i], item.Rule, item.Cut is null ? item.Reason : null,
                            block.Kind));
                else
                    all.Add(new(item.Original.Text, BlockFate.Removed, scores[i], item.Rule, item.Reason));
                if (item.Cut is { } cut)
                    all.Add(new(cut, BlockFate.Removed, scores[i], item.Rule, item.Reason));
            }

            if (next > met || joined.Contains(i))
            {
                // Said, or stands in the block that it was joined with.
            }
            else
            {
                var rule = stripper.Rules.Match(layout.Blocks[i].Text);
                if (i >= from && i <= to && asides?.KindOf(i, rule) is { } kind)
                {
                    all.Add(new(layout.Blocks[i].Text, BlockFate.Beside, scores[i], null, null, kind));
                    continue;
                }

                var removed = Explain(layout.Blocks[i], hints, 0, rule);
                all.Add(new(removed.Text, BlockFate.Removed, scores[i], removed.Rule, removed.Reason));
            }
        }

        return all;
    }

    private static (List<int> Kept, int[] Sources, IReadOnlyList<StripItem> Items, PageAsides? Asides) Strip(
        PageLayout layout, int[] scores, PageHints hints, BoilerplateStripper stripper)
    {
        var kept = ForeignParts.Without(layout, HeadlineCut.Without(layout, BlockChoice.Choose(layout, scores), hints, stripper.Rules), stripper.Rules);
        if (kept.Count == 0)
            return (kept, [], [], null);

        kept = JoinedParts.With(layout, kept, scores);
        kept = WholeTables.With(layout, kept, scores);
        kept = Subheadings.With(layout, kept, scores, hints, stripper.Rules);

        var asides = new PageAsides(layout, kept);
        var assembled = BlockAssembler.Assemble(layout, kept);
        for (var i = 0; i < assembled.Count; i++)
        {
            if (asides.IsEntryTime(assembled[i].Source))
                assembled[i] = (new(BlockKind.EntryTime, assembled[i].Block.Text), assembled[i].Source);
        }

        MarkStandfirst(assembled, hints);
        var items = stripper.Strip(assembled.Select(a => a.Block));
        LeadLines.Strip(items, hints.Names);
        EndLines.Strip(items, hints);
        return (kept, [.. assembled.Select(a => a.Source)], items, asides);
    }

    /// <summary>The first paragraph is the standfirst when the page describes itself with it.</summary>
    private static void MarkStandfirst(List<(Block Block, int Source)> blocks, PageHints hints)
    {
        var first = blocks.FindIndex(b => b.Block.InText);
        if (first >= 0 && first + 1 < blocks.Count && blocks[first].Block is { Text.Length: < 600, Kind: BlockKind.Paragraph or BlockKind.Heading } block
            && hints.InDescription(PageHints.Squeeze(block.Text)) == 2)
            blocks[first] = (block with { Kind = BlockKind.Standfirst, Level = 0 }, blocks[first].Source);
    }

    /// <summary>Strips blocks that came from elsewhere than the shown page.</summary>
    public static ContentSelection Of(IReadOnlyList<Block> blocks, BoilerplateStripper stripper)
    {
        var (kept, removed) = BlockReport.Split(stripper.Strip(blocks));
        return new(kept, removed);
    }

    private static ContentSelection Report(
        PageLayout layout, PageHints hints, List<int> kept, PageAsides asides, int[] sources, IReadOnlyList<StripItem> items, BlockRules rules)
    {
        var (blocks, removed) = (new List<Block>(), new List<StrippedBlock>());
        var chosen = kept.ToHashSet();
        var (next, last) = (0, Math.Min(layout.Blocks.Count - 1, kept[^1] + Near));
        for (var i = Math.Max(0, kept[0] - Near); i <= last; i++)
        {
            var met = next;
            for (; next < sources.Length && sources[next] == i; next++)
            {
                var item = items[next];
                if (item.Cut is { } cut)
                    removed.Add(new(cut, item.Rule!, item.Reason!, blocks.Count));
                if (item.Kept is { } block)
                    blocks.Add(block);
                else
                    removed.Add(new(item.Original.Text, item.Rule!, item.Reason!, blocks.Count));
            }

            if (next > met || chosen.Contains(i))
            {
                // Said, or a cell or item that was joined with the one before.
            }
            else
            {
                var rule = rules.Match(layout.Blocks[i].Text);
                if (asides.KindOf(i, rule) is { } kind)
                    blocks.Add(new(kind, layout.Blocks[i].Text));
                else if (removed.Count < MaxRemoved)
                    removed.Add(Explain(layout.Blocks[i], hints, blocks.Count, rule));
            }
        }

        return new(blocks, removed);
    }

    private static StrippedBlock Explain(PageBlock block, PageHints hints, int position, BlockRule? rule) =>
        rule is { Action: RuleAction.Remove or RuleAction.Caption or RuleAction.Embed }
            ? new(block.Text, rule.Id, rule.Reason, position)
            : Tags.IsHeading(block.Tag) && hints.InTitle(PageHints.Squeeze(block.Text)) == 2
                ? new(block.Text, HeadlineRule, HeadlineReason, position)
            : block.LinkChars * 2 > block.Text.Length
                ? new(block.Text, "density", "mostly links, and the block model found it unlike the article", position)
                : new(block.Text, "model", "the block model found it unlike the article: place, style and neighbours", position);
}
