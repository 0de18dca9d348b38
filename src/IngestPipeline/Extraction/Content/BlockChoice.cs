using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>Chooses blocks by their scores: lists and tables are looked at as wholes, and the bar hangs on how sure the model is of the page.</summary>
internal static class BlockChoice
{
    // Items longer than this on average are paragraphs in a list's clothes: each speaks for itself.
    private const int MaxMean = 200;

    // An item of a few letters counts too.
    private const int Least = 5;

    private const int Limit = 4 * Forest.Unit;

    // Scores are grouped by tenths of a logit.
    private const int Step = Forest.Unit / 10;
    private const int Buckets = (2 * 6 * Forest.Unit / Step) + 1;

    // A logit is taken at its word; MODEL.md says what that choice was made on.
    private const double Trust = 1.0;

    // Chances in 1/10,000, so that sums are whole numbers.
    private static readonly int[] Chances =
        [.. Enumerable.Range(0, Buckets).Select(b => (int)Math.Round(10_000 / (1 + Math.Exp(-Trust * (b - (Buckets / 2)) * Step / Forest.Unit))))];

    /// <summary>The places of the chosen blocks, in reading order.</summary>
    public static List<int> Choose(PageLayout layout, int[] scores)
    {
        var even = Even(layout, scores);
        var bar = Bar(layout, even);
        var kept = new List<int>();
        for (var i = 0; i < even.Length; i++)
        {
            if (Chances[Bucket(even[i])] > bar)
                kept.Add(i);
        }

        return kept;
    }

    /// <summary>The scores with those of a list's items set to their mean, and those of a table's cells drawn towards it.</summary>
    private static int[] Even(PageLayout layout, int[] scores)
    {
        var group = RentedArrays.Rent<int>(layout.Nodes.Count);
        foreach (var node in layout.Nodes)
            group[node.Index] =
                node.Tag is TagKind.List or TagKind.Table ? node.Index : node.Parent < 0 || BlockAssembler.IsColumn(node) ? -1 : group[node.Parent];

        var sums = Array.Empty<(long Score, long Weight, int Blocks)>();
        foreach (var block in layout.Blocks)
        {
            if (group[block.Container.Index] is not (>= 0 and var own))
                continue;

            if (sums.Length == 0)
                sums = RentedArrays.Rent<(long Score, long Weight, int Blocks)>(layout.Nodes.Count);
            ref var sum = ref sums[own];
            long weight = block.Text.Length + Least;
            sum = (sum.Score + (Math.Clamp(scores[block.Index], -Limit, Limit) * weight), sum.Weight + weight, sum.Blocks + 1);
        }

        if (sums.Length == 0)
        {
            RentedArrays.Return(group);
            return scores;
        }

        var even = (int[])scores.Clone();
        foreach (var block in layout.Blocks)
        {
            if (group[block.Container.Index] is not (>= 0 and var own) || sums[own] is not { Blocks: >= 2 } sum || sum.Weight > (long)MaxMean * sum.Blocks)
                continue;

            var mean = (int)(sum.Score / sum.Weight);
            even[block.Index] = layout.Nodes[own].Tag == TagKind.List ? mean : (int)(((scores[block.Index] * 2L) + (mean * 3L)) / 5);
        }

        RentedArrays.Return(sums);
        RentedArrays.Return(group);
        return even;
    }

    /// <summary>
    /// The chance that a block must exceed, in 1/10,000. The best expected F1 is reached by keeping what is likelier than half of that F1
    /// (Lewis 1995): an even chance on a plain page, less where the model is unsure.
    /// </summary>
    private static int Bar(PageLayout layout, int[] scores)
    {
        var weights = new long[Buckets];
        long all = 0;
        foreach (var block in layout.Blocks)
        {
            var bucket = Bucket(scores[block.Index]);
            weights[bucket] += block.Text.Length;
            all += block.Text.Length * (long)Chances[bucket];
        }

        double best = 0;
        long hit = 0, kept = 0;
        for (var b = Buckets - 1; b >= 0; b--)
        {
            hit += weights[b] * Chances[b];
            kept += weights[b];
            if (kept > 0)
                best = Math.Max(best, 2.0 * hit / ((kept * 10_000.0) + all));
        }

        return (int)(best * 5_000);
    }

    private static int Bucket(int score) => Math.Clamp((score + (Buckets / 2 * Step) + (Step / 2)) / Step, 0, Buckets - 1);
}
