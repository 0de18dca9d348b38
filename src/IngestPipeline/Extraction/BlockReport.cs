using IngestPipeline.Boilerplate;

namespace IngestPipeline.Extraction;

/// <summary>Parts what came out of the stripper into kept and removed blocks.</summary>
internal static class BlockReport
{
    /// <summary>The kept blocks, and the removed ones and cut pieces with rule and reason, both in reading order.</summary>
    public static (List<Block> Blocks, List<StrippedBlock> Removed) Split(IReadOnlyList<StripItem> items)
    {
        var (blocks, removed) = (new List<Block>(items.Count), new List<StrippedBlock>());
        foreach (var item in items)
        {
            if (item.Cut is { } cut)
                removed.Add(new(cut, item.Rule!, item.Reason!, blocks.Count));
            if (item.Kept is { } kept)
                blocks.Add(kept);
            else
                removed.Add(new(item.Original.Text, item.Rule!, item.Reason!, blocks.Count));
        }

        return (blocks, removed);
    }
}
