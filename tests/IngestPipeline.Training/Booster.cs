using System.Runtime.Intrinsics;
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

            // In the sample's order, so that the many passes over it read memory in a row.
            var sums = Array.ConvertAll(sample, i => Vector128.Create((double)gradient[i], hessian[i]));
            var places = new int[sample.Length];
            var packed = new byte[choice.Length][];
            Parallel.For(0, choice.Length, c => packed[c] = Array.ConvertAll(sample, i => bins[choice[c]][i]));
            for (var level = 0; level < depth; level++)
            {
                var best = new (double Gain, int Cut)[choice.Length];
                var size = 1 << level;
                Parallel.For(0, choice.Length, c => best[c] = BestCut(packed[c], cuts[choice[c]].Length, places, size, sums));
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
                for (var i = 0; i < sample.Length; i++)
                    places[i] = leaf[sample[i]] * Bins;
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

    /// <summary>The cut of a column that gains most.</summary>
    /// <param name="column">The sampled rows' bins.</param>
    /// <param name="cuts">How many cuts the column has.</param>
    /// <param name="places">Where the histograms of the sampled rows' leaves begin.</param>
    /// <param name="leaves">How many leaves the tree has so far.</param>
    /// <param name="sums">Gradient and hessian of the sampled rows.</param>
    private (double Gain, int Cut) BestCut(byte[] column, int cuts, int[] places, int leaves, Vector128<double>[] sums)
    {
        Span<Vector128<double>> both = stackalloc Vector128<double>[leaves * Bins];
        both.Clear();
        for (var i = 0; i < column.Length && i < places.Length && i < sums.Length; i++)
            both[places[i] + column[i]] += sums[i];

        Span<double> gain = stackalloc double[Bins];
        gain.Clear();
        for (var l = 0; l < leaves; l++)
        {
            double allG = 0, allH = 0, leftG = 0, leftH = 0;
            for (var b = 0; b <= cuts; b++)
            {
                allG += both[(l * Bins) + b][0];
                allH += both[(l * Bins) + b][1];
            }

            for (var b = 0; b < cuts; b++)
            {
                leftG += both[(l * Bins) + b][0];
                leftH += both[(l * Bins) + b][1];
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
