using IngestPipeline.Boilerplate;

namespace IngestPipeline.Extraction.Content;

/// <summary>A block of a page and what became of it.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Fate">What became of it.</param>
/// <param name="Score">The block model's score in units of <see cref="Forest.Unit"/>, above 0 for the article's; null where it was not asked.</param>
/// <param name="Rule">The rule that decided; null when the model kept it alone.</param>
/// <param name="Reason">Why, in plain English.</param>
/// <param name="Kind">What a kept block is; null for a removed one.</param>
internal sealed record ExplainedBlock(string Text, BlockFate Fate, int? Score, string? Rule, string? Reason, BlockKind? Kind = null)
{
    /// <summary>Blocks that were not scored, kept and removed in reading order.</summary>
    public static IEnumerable<ExplainedBlock> Of(IReadOnlyList<Block> blocks, IReadOnlyList<StrippedBlock> removed)
    {
        var next = 0;
        for (var i = 0; i <= blocks.Count; i++)
        {
            for (; next < removed.Count && removed[next].Position <= i; next++)
                yield return new(removed[next].Text, BlockFate.Removed, null, removed[next].Rule, removed[next].Reason);
            if (i < blocks.Count)
                yield return new(blocks[i].Text, blocks[i].InText ? BlockFate.Kept : BlockFate.Beside, null, null, null, blocks[i].Kind);
        }
    }
}
