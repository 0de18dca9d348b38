using IngestPipeline.Extraction.Content;

namespace IngestPipeline.Training;

/// <summary>
/// Trains both stages on every page twice: as it is, and with some groups of class-name cues hidden. The second learns from scores that the first gave to
/// pages of sites it had not seen.
/// </summary>
internal sealed class Trainer(int firstTrees, int secondTrees)
{
    private const int InnerFolds = 3;

    // Leaves of a few rows must not shout: this many mean rows of doubt are added to each.
    private const double Penalty = 3;

    /// <summary>Trains; pages whose truth says little are then labelled by the model itself where it is sure, and all is trained once more.</summary>
    public TrainedModel Train(IReadOnlyList<Sample> samples)
    {
        foreach (var sample in samples)
            sample.Labels = sample.Truth;
        var trained = TrainOnce([.. samples.Where(s => s.Truth.Weight.Any(w => w > 0))]);
        var open = samples.Where(s => s.Page.Text is not { Length: > 0 }).ToArray();
        trained.Apply(open);
        foreach (var sample in open)
            sample.Labels = sample.Truth.Filled(sample.Layout, sample.Scores);
        return TrainOnce(samples);
    }

    private TrainedModel TrainOnce(IReadOnlyList<Sample> samples)
    {
        samples = [.. samples, .. samples.SelectMany(s => s.IsPlain ? [s.Flat(), s.Cut()] : new[] { s.Masked() })];
        var words = new Lexicon(samples);
        Parallel.ForEach(samples, words.Fill);
        for (var fold = 0; fold < InnerFolds; fold++)
        {
            var forest = TrainFirst([.. samples.Where(s => Inner(s) != fold)]);
            foreach (var sample in samples.Where(s => Inner(s) == fold))
                sample.FirstScores = ContentModel.ScoreAll(forest, sample.Features);
        }

        var second = Fit(samples, s => new ContextFeatures(s.Layout, s.Features, s.FirstScores).Measure(), new(secondTrees, 6, 0.11, Penalty, 2));
        return new(TrainFirst(samples), second, words);
    }

    private static int Inner(Sample sample) => sample.Page.Fold(60) % InnerFolds;

    private Forest TrainFirst(IReadOnlyList<Sample> samples) => Fit(samples, s => s.Features, new(firstTrees, 6, 0.12, Penalty, 1));

    private static Forest Fit(IReadOnlyList<Sample> samples, Func<Sample, FeatureTable> measure, Booster booster)
    {
        var random = new Random(7);
        var (rows, target, weight) = (new List<int[]>(), new List<float>(), new List<float>());
        foreach (var sample in samples)
        {
            var features = measure(sample);
            var labels = sample.Labels;
            for (var i = 0; i < features.Rows; i++)
            {
                if (labels.Weight[i] <= 0)
                    continue;

                // Links of menus are all alike: a third of them, weighing three times as much, says the same.
                var block = sample.Layout.Blocks[i];
                var chrome = labels.Target[i] == 0 && block.LinkChars == block.Text.Length;
                if (chrome && random.NextDouble() > 1 / 3.0)
                    continue;

                rows.Add(features[i].ToArray());
                target.Add((float)labels.Target[i]);
                weight.Add((float)(labels.Weight[i] * (chrome ? 3 : 1)));
            }
        }

        // Weights are scaled to a mean of 1, so that the penalty on small leaves means the same for every corpus.
        var scale = weight.Count / Math.Max(1e-9f, weight.Sum());
        return booster.Train(rows, [.. target], [.. weight.Select(w => w * scale)]);
    }
}
