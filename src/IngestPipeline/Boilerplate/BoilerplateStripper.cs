using IngestPipeline.Extraction;

namespace IngestPipeline.Boilerplate;

/// <summary>
/// Takes named boilerplate out of a list of blocks. What it looks at is the text, so that HTML and plain text go through the same rules;
/// it repeats until nothing more is found, so that cleaned text stays as it is.
/// </summary>
internal sealed class BoilerplateStripper(BlockRules rules)
{
    private const int MaxRounds = 12;

    /// <summary>The stripper with the rules that are shipped.</summary>
    public static BoilerplateStripper Shipped { get; } = new(BlockRules.Shipped);

    /// <summary>The rules.</summary>
    public BlockRules Rules => rules;

    /// <summary>Strips a list of blocks; every block comes back with what became of it.</summary>
    /// <param name="blocks">The blocks, in order.</param>
    /// <param name="isPlain">True for plain text, whose headings look like paragraphs.</param>
    public IReadOnlyList<StripItem> Strip(IEnumerable<Block> blocks, bool isPlain = false)
    {
        var items = blocks.Select(b => new StripItem(b)).ToArray();
        var changed = true;
        for (var round = 0; changed && round < MaxRounds; round++)
        {
            changed = false;
            foreach (var item in items)
            {
                // A correction was met before and stays; it must not be met again.
                if (!item.InText || item.Kept!.Kind == BlockKind.Correction || (round > 0 && item.Cut is null))
                    continue;

                // Before the rules that remove a whole block for a cue anywhere in it.
                if (rules.CutTail(item.Kept.Text) is { } tail)
                {
                    item.Shorten(tail);
                    changed = true;
                }
                else if (rules.Match(item.Kept.Text) is { } rule)
                {
                    item.Apply(rule);
                    changed |= !item.InText;
                }
                else if (rules.CutInline(item.Kept.Text) is { } cut)
                {
                    item.Shorten(cut);
                    changed = true;
                }
            }

            changed |= SequenceRules.Apply(items, isPlain);
        }

        return items;
    }
}
