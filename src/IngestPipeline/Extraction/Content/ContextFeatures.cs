using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Extraction.Content;

/// <summary>
/// The features of the second stage: all of the first, and what the first stage says about the blocks around, of the same style and in the
/// same elements. That is how a block learns from its neighbours.
/// </summary>
internal sealed class ContextFeatures : IDisposable
{
    private const int Window = 4;

    // What is kept of how the scores ran up to a block.
    private const int Runs = 8;

    // Shares of the article's likely text whose innermost holders are marks of place.
    private static readonly int[] CoreShares = [50, 80, 95];

    private readonly PageLayout _layout;
    private readonly FeatureTable _first;
    private readonly int[] _scores;
    private readonly (long Score, long Good, long Chars)[] _sums;
    private readonly long[] _goodBefore;
    private readonly (byte[] Up, byte[] Down)[] _cores;
    private readonly int[] _runs;
    private readonly GroupContext _groups;

    /// <summary>The names of the features that are added to the first stage's, in the order of the columns.</summary>
    public static IReadOnlyList<string> Names { get; } = ReadNames();

    /// <summary>Sums up a page's scores.</summary>
    /// <param name="layout">The page.</param>
    /// <param name="first">The first stage's features.</param>
    /// <param name="scores">The first stage's scores, which must not change while rows are asked for.</param>
    public ContextFeatures(PageLayout layout, FeatureTable first, int[] scores)
    {
        (_layout, _first, _scores) = (layout, first, scores);
        _sums = RentedArrays.Rent<(long Score, long Good, long Chars)>(layout.Nodes.Count);
        _goodBefore = RentedArrays.Rent<long>(scores.Length + 1);
        for (var i = 0; i < scores.Length; i++)
        {
            var (block, score) = (layout.Blocks[i], Math.Clamp(scores[i], -6 * Forest.Unit, 6 * Forest.Unit));
            long chars = block.Text.Length;
            _goodBefore[i + 1] = _goodBefore[i] + (score > 0 ? chars : 0);
            var node = block.Container;
            for (var level = 0; level < 4 && node is not null; level++, node = layout.Parent(node))
            {
                ref var sum = ref _sums[node.Index];
                sum = (sum.Score + (score * chars), sum.Good + (score > 0 ? chars : 0), sum.Chars + chars);
            }
        }

        _cores = Cores(layout, scores, layout.Nodes.Count);
        _runs = ReadRuns(layout.Blocks, scores);
        _groups = new(layout, first, scores);
    }

    /// <summary>The features of all blocks.</summary>
    public FeatureTable Measure() => Measure([.. Enumerable.Range(0, _scores.Length)]);

    /// <summary>The features of some blocks, a row each: the first stage's, and the context of its scores.</summary>
    /// <param name="asked">The blocks, in the rows' order.</param>
    public FeatureTable Measure(ReadOnlySpan<int> asked)
    {
        var table = new FeatureTable(asked.Length, _first.Columns + Names.Count);
        for (var r = 0; r < asked.Length; r++)
        {
            var target = table[r];
            _first[asked[r]].CopyTo(target);
            Write(asked[r], new(target[_first.Columns..], null));
        }

        return table;
    }

    /// <summary>Gives memory back for the next page.</summary>
    public void Dispose()
    {
        RentedArrays.Return(_sums);
        RentedArrays.Return(_goodBefore);
        RentedArrays.Return(_runs);
        foreach (var (up, down) in _cores)
        {
            RentedArrays.Return(up);
            RentedArrays.Return(down);
        }

        _groups.Dispose();
    }

    private static string[] ReadNames()
    {
        var layout = BlockFeatures.OneBlock();
        using var first = BlockFeatures.Measure(layout, new(new()), WordOdds.None);
        var names = new List<string>();
        using var context = new ContextFeatures(layout, first, [0]);
        context.Write(0, new(new int[FeatureRow.Most], names));
        return [.. names];
    }

    private void Write(int i, FeatureRow row)
    {
        var (block, n, total) = (_layout.Blocks[i], _scores.Length, Math.Max(1, _goodBefore[_scores.Length]));
        for (var step = -Window; step <= Window; step++)
            row.Add("score", step, i + step >= 0 && i + step < n ? _scores[i + step] : -9 * Forest.Unit);

        var node = block.Container;
        for (var level = 0; level < 4; level++)
        {
            var sum = _sums[node.Index];
            if (level > 0)
                row.Add("nodeScore", level, (int)(sum.Score / Math.Max(1, sum.Chars)));
            row.Add("nodeGood", level, (int)(sum.Good * 1000 / total));
            node = _layout.Parent(node) is { } parent && _sums[parent.Index].Chars > 0 ? parent : node;
        }

        _groups.Write(i, ref row);
        row.Add("goodBefore", (int)(_goodBefore[i] * 1000 / total));
        row.Add("goodTotal", (int)Math.Min(total, Math.Min(_first.Bounds.Prose, 1_000_000)));
        row.Add("gapBefore", Gap(_scores, i, -1));
        row.Add("gapAfter", Gap(_scores, i, 1));
        foreach (var core in _cores)
        {
            row.Add("scoreCoreUp", core.Up[block.Node.Index]);
            row.Add("scoreCoreDown", core.Down[block.Node.Index]);
        }

        var runs = _runs.AsSpan(i * Runs, Runs);
        row.Add("runBefore", 0, runs[0]);
        row.Add("runBefore", 1, runs[1]);
        row.Add("runAfter", 0, runs[2]);
        row.Add("runAfter", 1, runs[3]);
        row.Add("strongBefore", runs[4]);
        row.Add("strongAfter", runs[5]);
        row.Add("charsSinceStrong", runs[6]);
        row.Add("charsToStrong", runs[7]);
    }

    /// <summary>For each share: how many levels above and below the path to its holder an element stands.</summary>
    private static (byte[] Up, byte[] Down)[] Cores(PageLayout layout, ReadOnlySpan<int> scores, int nodes)
    {
        var mass = RentedArrays.Rent<long>(nodes);
        foreach (var block in layout.Blocks)
            mass[block.Node.Index] += Math.Clamp(scores[block.Index], 0, 4 * Forest.Unit) * (long)block.Text.Length;
        for (var i = nodes - 1; i > 0; i--)
            mass[layout.Nodes[i].Parent] += mass[i];

        var cores = new (byte[] Up, byte[] Down)[CoreShares.Length];
        var isOnPath = RentedArrays.Rent<bool>(nodes);
        for (var c = 0; c < cores.Length; c++)
        {
            var (up, down, core) = (RentedArrays.Rent<byte>(nodes), RentedArrays.Rent<byte>(nodes), 0);
            for (var i = 0; i < nodes; i++)
            {
                if (mass[i] * 100 >= mass[0] * CoreShares[c] && layout.Nodes[i].Depth > layout.Nodes[core].Depth)
                    core = i;
            }

            // Off the path to the core a node stands one below its parent; on it, as far above the core as it is.
            isOnPath.AsSpan(0, nodes).Clear();
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

        RentedArrays.Return(isOnPath);
        RentedArrays.Return(mass);
        return cores;
    }

    /// <summary>How the scores ran up to each block, from both sides: means that fade, and distances to what is surely article.</summary>
    private static int[] ReadRuns(List<PageBlock> blocks, ReadOnlySpan<int> scores)
    {
        var n = blocks.Count;
        var runs = RentedArrays.Rent<int>(n * Runs);
        for (var side = 0; side < 2; side++)
        {
            long fast = 0, fastWeight = 1, slow = 0, slowWeight = 1;
            var (since, chars) = (60, 9_999);
            for (var step = 0; step < n; step++)
            {
                var i = side == 0 ? step : n - 1 - step;
                var own = runs.AsSpan(i * Runs, Runs);
                own[side * 2] = (int)(fast / fastWeight);
                own[(side * 2) + 1] = (int)(slow / slowWeight);
                own[4 + side] = since;
                own[6 + side] = chars;
                long weight = Math.Min(blocks[i].Text.Length, 400) * 16L;
                long score = Math.Clamp(scores[i], -6 * Forest.Unit, 6 * Forest.Unit);
                (fast, fastWeight) = ((fast / 2) + (score * weight), (fastWeight / 2) + weight);
                (slow, slowWeight) = ((slow * 7 / 8) + (score * weight), (slowWeight * 7 / 8) + weight);
                (since, chars) = scores[i] > 2 * Forest.Unit ? (1, 0) : (Math.Min(60, since + 1), Math.Min(9_999, chars + blocks[i].Text.Length));
            }
        }

        return runs;
    }

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
