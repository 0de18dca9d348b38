using IngestPipeline.Extraction.Content;
using IngestPipeline.Extraction.Segmentation;

namespace IngestPipeline.Training;

/// <summary>What a truth says about each block: how much of it is article (0 to 1) and how much that matters; weight 0 where it says nothing.</summary>
internal sealed record Labels(double[] Target, double[] Weight)
{
    // What a model says is told less strongly than what people said, and only where it is at least this sure.
    private const double Told = 0.7;
    private const int Sure = Forest.Unit;
    private const double Trust = 0.8;

    public static Labels Of(PageLayout layout, TruthPage page) => page.Text is { Length: > 0 } ? FromText(layout, page) : FromSegments(layout, page);

    /// <summary>These labels, and for blocks without one what a model is sure about, weighing less.</summary>
    public Labels Filled(PageLayout layout, int[] scores)
    {
        var (target, weight) = ((double[])Target.Clone(), (double[])Weight.Clone());
        var chances = scores.Select(s => 1 / (1 + Math.Exp(-s * Trust / Forest.Unit))).ToArray();
        var article = layout.Blocks.Sum(b => chances[b.Index] * b.Text.Length);
        double bad = 0;
        for (var i = 0; i < target.Length; i++)
            bad += Size(i) * (1 - chances[i]);
        for (var i = 0; i < target.Length; i++)
        {
            if (weight[i] > 0 || Math.Abs(scores[i]) < Sure)
                continue;
            target[i] = chances[i];
            weight[i] = Told * Size(i) * (bad > 1.5 ? chances[i] + ((1 - chances[i]) * 1.5 / bad) : 1);
        }

        return new(target, weight);

        double Size(int i) => Math.Min(0.25, (layout.Blocks[i].Text.Length + 9.0) / (article + 360));
    }

    private static Labels FromText(PageLayout layout, TruthPage page)
    {
        var n = layout.Blocks.Count;
        var (target, weight) = (new double[n], new double[n]);
        // Folded as blocks are: some truths have accents apart from their letters, or soft hyphens.
        var folded = string.Join('\n', page.Text!.Split('\n').Select(l => TextFolder.Fold(l)));
        var truth = Shingles.Tokens(folded);
        var bag = Shingles.Bag(truth);
        var joined = " " + string.Join(' ', truth) + " ";
        var lines = folded.Split('\n').Select(l => string.Join(' ', Shingles.Tokens(l))).CountBy(l => l).ToDictionary(StringComparer.Ordinal);
        var tokens = layout.Blocks.Select(b => Shingles.Tokens(b.Text)).ToArray();

        for (var i = 0; i < n; i++)
            target[i] = tokens[i].Length >= 4 ? Share(tokens[i], bag, 0) : 0;

        // A block that is there twice counts once: the copy with more article around it first, long ones before short ones.
        var around = Around(target, tokens);
        var left = new Dictionary<string, int>(bag, StringComparer.Ordinal);
        foreach (var i in Enumerable.Range(0, n).Where(i => target[i] > 0).OrderByDescending(i => tokens[i].Length).ThenByDescending(i => around[i]).ThenBy(i => i))
            target[i] = Share(tokens[i], left, 1);

        // Short lines too: a list of contents has the headings' words, but the headings stand among more article.
        around = Around(target, tokens);
        foreach (var i in Enumerable.Range(0, n).Where(i => tokens[i].Length is > 0 and < 4).OrderByDescending(i => around[i]).ThenBy(i => i))
        {
            var own = string.Join(' ', tokens[i]);
            if (i > 0 && i + 1 < n && around[i] > 0 && lines.GetValueOrDefault(own) > 0)
            {
                target[i] = 1;
                lines[own]--;
            }
            else if (i > 0
                && target[i - 1] > 0.8
                && tokens[i - 1].Length >= 4
                && joined.Contains($" {string.Join(' ', tokens[i - 1][^3..])} {own} ", StringComparison.Ordinal))
                target[i] = 1;
            else if (i + 1 < n
                && target[i + 1] > 0.8
                && tokens[i + 1].Length >= 4
                && joined.Contains($" {own} {string.Join(' ', tokens[i + 1][..3])} ", StringComparison.Ordinal))
                target[i] = 1;
        }

        // The measure is a mean over pages, so that a block weighs by its share of its page.
        double bad = 0;
        for (var i = 0; i < n; i++)
        {
            weight[i] = Math.Min(0.25, (tokens[i].Length + 1.5) / (truth.Length + 60));
            bad += weight[i] * (1 - target[i]);
        }

        for (var i = 0; i < n; i++)
            weight[i] *= bad > 1.5 ? target[i] + ((1 - target[i]) * 1.5 / bad) : 1;
        if (Enumerable.Range(0, n).Sum(i => target[i] * tokens[i].Length) < truth.Length * 0.3)
            Array.Clear(weight);
        return new(target, weight);
    }

    private static Labels FromSegments(PageLayout layout, TruthPage page)
    {
        var n = layout.Blocks.Count;
        var (target, weight) = (new double[n], new double[n]);
        foreach (var (segments, value) in new[] { (page.With, 1.0), (page.Without, 0.0) })
        {
            foreach (var segment in segments.Select(s => TextFolder.Fold(s)).Where(s => s.Length > 3))
            {
                var hits = layout.Blocks.Where(b => b.Text.Contains(segment, StringComparison.Ordinal)).ToList();
                foreach (var block in hits)
                {
                    // A wanted sentence that stands twice on the page says nothing about either place.
                    if (value == 1 && hits.Count > 1)
                        continue;
                    target[block.Index] = value;
                    weight[block.Index] = 0.06;
                }
            }
        }

        return new(target, weight);
    }

    private static double[] Around(double[] target, string[][] tokens)
    {
        var around = new double[target.Length];
        for (var i = 0; i < around.Length; i++)
        {
            for (var j = Math.Max(0, i - 6); j <= Math.Min(around.Length - 1, i + 6); j++)
                around[i] += i == j ? 0 : target[j] * tokens[j].Length;
        }

        return around;
    }

    private static double Share(string[] tokens, Dictionary<string, int> bag, int take)
    {
        var hit = 0;
        for (var i = 0; i + 4 <= tokens.Length; i++)
        {
            var shingle = string.Join(' ', tokens, i, 4);
            var count = bag.GetValueOrDefault(shingle);
            if (count <= 0)
                continue;
            hit++;
            if (take > 0)
                bag[shingle] = count - take;
        }

        return (double)hit / (tokens.Length - 3);
    }
}
