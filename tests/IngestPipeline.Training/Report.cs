using System.Text.Json;

namespace IngestPipeline.Training;

/// <summary>Prints what predictions are worth, set by set and for several thresholds.</summary>
internal static class Report
{
    /// <summary>What a perfect model of these blocks could reach.</summary>
    public static void Ceiling(Sample[] samples) => Table(samples, "ceiling", (s, i) => s.Labels.Target[i] > 0.5);

    public static void Print(Sample[] samples, string folder)
    {
        foreach (var threshold in new[] { -800, -400, 0, 400 })
            Table(samples, $"threshold {threshold}", (s, i) => s.Scores[i] > threshold);

        Directory.CreateDirectory(folder);
        using var pages = new StreamWriter(Path.Combine(folder, "pages.jsonl"));
        foreach (var sample in samples)
        {
            var one = new Scores().Add(sample.Page, Text(sample, i => sample.Scores[i] > 0));
            pages.WriteLine(JsonSerializer.Serialize(new
            {
                set = sample.Page.Set, id = sample.Page.Id, f1 = one,
                blocks = sample.Layout.Blocks.Select((b, i) => new { t = b.Text, tag = b.Tag.ToString(), s = sample.Scores[i], s1 = sample.FirstScores[i], y = sample.Labels.Target[i], w = sample.Labels.Weight[i] }),
            }));
        }
    }

    private static void Table(Sample[] samples, string name, Func<Sample, int, bool> keep)
    {
        Console.WriteLine(name);
        foreach (var set in samples.GroupBy(s => s.Page.Set))
        {
            var scores = new Scores();
            foreach (var sample in set)
                scores.Add(sample.Page, Text(sample, i => keep(sample, i)));
            Console.WriteLine($"  {set.Key,-12} {scores}");
        }
    }

    private static string Text(Sample sample, Func<int, bool> keep) => string.Join("\n\n", sample.Layout.Blocks.Where(b => keep(b.Index)).Select(b => b.Text));
}
