using System.Runtime.InteropServices;
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
    public const int Added = (2 * Window) + 1 + 12 + (3 * 2) + 8;

    // Shares of the article's likely text whose innermost holders are marks of place.
    private static readonly int[] CoreShares = [50, 80, 95];

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
        var (styleOf, places, styles) = (new int[n], new Dictionary<ulong, int>(), new List<(long Score, long Chars)>());
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

            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, Style(layout, block), out var isKnown);
            if (!isKnown)
            {
                place = styles.Count;
                styles.Add(default);
            }

            var style = styles[styleOf[i] = place];
            styles[place] = (style.Score + (score * chars), style.Chars + chars);
        }

        var total = Math.Max(1, goodBefore[n]);
        var cores = Cores(layout, scores, sums.Length);
        var runs = Runs(blocks, scores);
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

            var style = styles[styleOf[i]];
            row.Add("styleScore", (int)(style.Score / Math.Max(1, style.Chars)));
            row.Add("goodBefore", (int)(goodBefore[i] * 1000 / total));
            row.Add("goodTotal", (int)Math.Min(total, 1_000_000));
            row.Add("gapBefore", Gap(scores, i, -1));
            row.Add("gapAfter", Gap(scores, i, 1));
            foreach (var core in cores)
            {
                row.Add("scoreCoreUp", core.Up[blocks[i].Node.Index]);
                row.Add("scoreCoreDown", core.Down[blocks[i].Node.Index]);
            }

            row.Add("runBefore", 0, runs[0][i]);
            row.Add("runBefore", 1, runs[1][i]);
            row.Add("runAfter", 0, runs[2][i]);
            row.Add("runAfter", 1, runs[3][i]);
            row.Add("strongBefore", runs[4][i]);
            row.Add("strongAfter", runs[5][i]);
            row.Add("charsSinceStrong", runs[6][i]);
            row.Add("charsToStrong", runs[7][i]);
        }

        return table;
    }

    /// <summary>For each share: how many levels above and below the path to its holder an element stands.</summary>
    private static (byte[] Up, byte[] Down)[] Cores(PageLayout layout, ReadOnlySpan<int> scores, int nodes)
    {
        var mass = new long[nodes];
        foreach (var block in layout.Blocks)
            mass[block.Node.Index] += Math.Clamp(scores[block.Index], 0, 4 * Forest.Unit) * (long)block.Text.Length;
        for (var i = nodes - 1; i > 0; i--)
            mass[layout.Nodes[i].Parent] += mass[i];

        var cores = new (byte[] Up, byte[] Down)[CoreShares.Length];
        for (var c = 0; c < cores.Length; c++)
        {
            var (up, down, core) = (new byte[nodes], new byte[nodes], 0);
            for (var i = 0; i < nodes; i++)
            {
                if (mass[i] * 100 >= mass[0] * CoreShares[c] && layout.Nodes[i].Depth > layout.Nodes[core].Depth)
                    core = i;
            }

            // Off the path to the core a node stands one below its parent; on it, as far above the core as it is.
            var isOnPath = new bool[nodes];
            for (var at = layout.Nodes[core]; at is not null; at = layout.Parent(at))
                isOnPath[at.Index] = true;
            for (var i = 0; i < nodes; i++)
            {
                var node = layout.Nodes[i];
                if (isOnPath[i])
                    up[i] = (byte)Math.Min(30, layout.Nodes[core].Depth - node.Depth);
                else
                    (up[i], down[i]) = (up[node.Parent], (byte)Math.Min(30, down[node.Parent] + 1));
            }

            cores[c] = (up, down);
        }

        return cores;
    }

    /// <summary>How the scores ran up to each block, from both sides: means that fade, and distances to what is surely article.</summary>
    private static int[][] Runs(List<PageBlock> blocks, ReadOnlySpan<int> scores)
    {
        var n = blocks.Count;
        var runs = new int[8][];
        for (var r = 0; r < runs.Length; r++)
            runs[r] = new int[n];
        for (var side = 0; side < 2; side++)
        {
            long fast = 0, fastWeight = 1, slow = 0, slowWeight = 1;
            var (since, chars) = (60, 9_999);
            for (var step = 0; step < n; step++)
            {
                var i = side == 0 ? step : n - 1 - step;
                runs[side * 2][i] = (int)(fast / fastWeight);
                runs[(side * 2) + 1][i] = (int)(slow / slowWeight);
                runs[4 + side][i] = since;
                runs[6 + side][i] = chars;
                long weight = Math.Min(blocks[i].Text.Length, 400) * 16L;
                long score = Math.Clamp(scores[i], -6 * Forest.Unit, 6 * Forest.Unit);
                (fast, fastWeight) = ((fast / 2) + (score * weight), (fastWeight / 2) + weight);
                (slow, slowWeight) = ((slow * 7 / 8) + (score * weight), (slowWeight * 7 / 8) + weight);
                (since, chars) = scores[i] > 2 * Forest.Unit ? (1, 0) : (Math.Min(60, since + 1), Math.Min(9_999, chars + blocks[i].Text.Length));
            }
        }

        return runs;
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
