using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// The features of the second stage: all of the first, and what the first stage says about the blocks around, of the same style and in the
/// same elements. That is how a block learns from its neighbours.
/// </summary>
internal static class ContextFeatures
{
    private const int Window = 4;

    /// <summary>How many columns this adds.</summary>
    public const int Added = (2 * Window) + 1 + 12;

    /// <summary>Joins the first stage's features with the context of its scores.</summary>
    /// <param name="layout">The page.</param>
    /// <param name="first">The first stage's features.</param>
    /// <param name="scores">The first stage's scores.</param>
    /// <param name="asked">The blocks that get a row, in their order; null for all.</param>
    public static FeatureTable Measure(PageLayout layout, FeatureTable first, ReadOnlySpan<int> scores, IReadOnlyList<int>? asked = null)
    {
        var blocks = layout.Blocks;
        var n = blocks.Count;
        var table = new FeatureTable(asked?.Count ?? n, first.Columns + Added);
        var sums = new (long Score, long Good, long Chars)[layout.Nodes.Count];
        var styles = new Dictionary<ulong, (long Score, long Chars)>();
        var goodBefore = new long[n + 1];
        for (var i = 0; i < n; i++)
        {
            var (block, score) = (blocks[i], Math.Clamp(scores[i], -6 * Forest.Unit, 6 * Forest.Unit));
            long chars = block.Text.Length;
            goodBefore[i + 1] = goodBefore[i] + (score > 0 ? chars : 0);
            var node = block.Container;
            for (var level = 0; level < 4 && node is not null; level++, node = layout.Parent(node))
            {
                ref var sum = ref sums[node.Index];
                sum = (sum.Score + (score * chars), sum.Good + (score > 0 ? chars : 0), sum.Chars + chars);
            }

            var key = Style(layout, block);
            var style = styles.GetValueOrDefault(key);
            styles[key] = (style.Score + (score * chars), style.Chars + chars);
        }

        var total = Math.Max(1, goodBefore[n]);
        for (var r = 0; r < table.Rows; r++)
        {
            var i = asked?[r] ?? r;
            var target = table[r];
            first[i].CopyTo(target);
            var row = new FeatureRow(target[first.Columns..], null);
            for (var step = -Window; step <= Window; step++)
                row.Add("score", step, i + step >= 0 && i + step < n ? scores[i + step] : -9 * Forest.Unit);

            var node = blocks[i].Container;
            for (var level = 0; level < 4; level++)
            {
                var sum = sums[node.Index];
                if (level > 0)
                    row.Add("nodeScore", level, (int)(sum.Score / Math.Max(1, sum.Chars)));
                row.Add("nodeGood", level, (int)(sum.Good * 1000 / total));
                node = layout.Parent(node) is { } parent && sums[parent.Index].Chars > 0 ? parent : node;
            }

            var style = styles[Style(layout, blocks[i])];
            row.Add("styleScore", (int)(style.Score / Math.Max(1, style.Chars)));
            row.Add("goodBefore", (int)(goodBefore[i] * 1000 / total));
            row.Add("goodTotal", (int)Math.Min(total, 1_000_000));
            row.Add("gapBefore", Gap(scores, i, -1));
            row.Add("gapAfter", Gap(scores, i, 1));
        }

        return table;
    }

    private static ulong Style(PageLayout layout, PageBlock block) =>
        (block.Container.Style * 31) ^ (layout.Parent(block.Container)?.Style ?? 0);

    private static int Gap(ReadOnlySpan<int> scores, int i, int step)
    {
        for (var distance = 1; distance < 20; distance++)
        {
            var at = i + (distance * step);
            if (at < 0 || at >= scores.Length)
                return 20;
            if (scores[at] > 0)
                return distance;
        }

        return 20;
    }
}
