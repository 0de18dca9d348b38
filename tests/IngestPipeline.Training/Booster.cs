using IngestPipeline.Extraction.Content;

namespace IngestPipeline.Training;

/// <summary>Gradient boosting of oblivious trees on the logistic loss, histograms of 64 bins, fixed seed.</summary>
internal sealed class Booster(int trees, int depth, double rate, double l2, int seed)
{
    private const int Bins = 64;

    public Forest Train(List<int[]> rows, float[] target, float[] weight)
    {
        var (n, columns) = (rows.Count, rows[0].Length);
        var cuts = new int[columns][];
        var bins = new byte[columns][];
        Parallel.For(0, columns, f => (cuts[f], bins[f]) = Bin(rows, f));
        var usable = Enumerable.Range(0, columns).Where(f => cuts[f].Length > 0).ToArray();

        double positive = 0, all = 0;
        for (var i = 0; i < n; i++)
        {
            positive += weight[i] * target[i];
            all += weight[i];
        }

        var bias = Math.Log(positive / (all - positive));
        var score = new float[n];
        Array.Fill(score, (float)bias);
        var (gradient, hessian, leaf) = (new float[n], new float[n], new int[n]);
        var (asked, thresholds, leaves) = (new List<ushort>(), new List<int>(), new List<int>());
        var random = new Random(seed);
        for (var t = 0; t < trees; t++)
        {
            for (var i = 0; i < n; i++)
            {
                var p = 1 / (1 + MathF.Exp(-score[i]));
                gradient[i] = weight[i] * (target[i] - p);
                hessian[i] = weight[i] * Math.Max(p * (1 - p), 1e-4f);
                leaf[i] = 0;
            }

            // Each tree sees a sample of the rows and of the questions; that keeps it from leaning on single pages.
            var sample = Enumerable.Range(0, n).Where(_ => random.NextDouble() < 0.6).ToArray();
            var choice = usable.Where(_ => random.NextDouble() < 0.4).ToArray();
            for (var level = 0; level < depth; level++)
            {
                var best = new (double Gain, int Cut)[choice.Length];
                var size = 1 << level;
                Parallel.For(0, choice.Length, c => best[c] = BestCut(bins[choice[c]], cuts[choice[c]].Length, sample, leaf, size, gradient, hessian));
                var winner = 0;
                for (var c = 1; c < best.Length; c++)
                {
                    if (best[c].Gain > best[winner].Gain)
                        winner = c;
                }

                var (feature, cut) = (choice[winner], best[winner].Cut);
                asked.Add((ushort)feature);
                thresholds.Add(cuts[feature][cut]);
                var column = bins[feature];
                for (var i = 0; i < n; i++)
                    leaf[i] |= (column[i] > cut ? 1 : 0) << level;
            }

            var (g, h) = (new double[1 << depth], new double[1 << depth]);
            foreach (var i in sample)
            {
                g[leaf[i]] += gradient[i];
                h[leaf[i]] += hessian[i];
            }

            var values = new int[1 << depth];
            for (var v = 0; v < values.Length; v++)
                values[v] = (int)Math.Round(Math.Clamp(rate * g[v] / (h[v] + l2), -4, 4) * Forest.Unit);
            leaves.AddRange(values);
            for (var i = 0; i < n; i++)
                score[i] += values[leaf[i]] / (float)Forest.Unit;
        }

        return new([.. asked], [.. thresholds], [.. leaves], (int)Math.Round(bias * Forest.Unit), depth);
    }

    private (double Gain, int Cut) BestCut(byte[] column, int cuts, int[] sample, int[] leaf, int leaves, float[] gradient, float[] hessian)
    {
        Span<double> g = stackalloc double[leaves * Bins];
        Span<double> h = stackalloc double[leaves * Bins];
        g.Clear();
        h.Clear();
        foreach (var i in sample)
        {
            var at = (leaf[i] * Bins) + column[i];
            g[at] += gradient[i];
            h[at] += hessian[i];
        }

        Span<double> gain = stackalloc double[Bins];
        gain.Clear();
        for (var l = 0; l < leaves; l++)
        {
            double allG = 0, allH = 0, leftG = 0, leftH = 0;
            for (var b = 0; b <= cuts; b++)
            {
                allG += g[(l * Bins) + b];
                allH += h[(l * Bins) + b];
            }

            for (var b = 0; b < cuts; b++)
            {
                leftG += g[(l * Bins) + b];
                leftH += h[(l * Bins) + b];
                gain[b] += (leftG * leftG / (leftH + l2)) + ((allG - leftG) * (allG - leftG) / (allH - leftH + l2));
            }
        }

        var best = 0;
        for (var b = 1; b < cuts; b++)
        {
            if (gain[b] > gain[best])
                best = b;
        }

        return (gain[best], best);
    }

    private static (int[] Cuts, byte[] Bins) Bin(List<int[]> rows, int feature)
    {
        var values = rows.Select(r => r[feature]).Order().ToArray();
        var cuts = new SortedSet<int>();
        for (var b = 1; b < Bins; b++)
            cuts.Add(values[(int)((long)values.Length * b / Bins)]);
        var distinct = values.Distinct().Take(Bins).ToArray();
        if (distinct.Length < Bins)
            cuts = [.. distinct];
        cuts.Remove(values[^1]);
        var list = cuts.ToArray();
        var bins = new byte[rows.Count];
        for (var i = 0; i < bins.Length; i++)
        {
            // The bin is how many cuts lie below the value: bin > c means value > cuts[c].
            var at = Array.BinarySearch(list, rows[i][feature]);
            bins[i] = (byte)(at >= 0 ? at : ~at);
        }

        return (list, bins);
    }
}
