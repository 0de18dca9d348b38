using IngestPipeline.Boilerplate;
using System.Text.Json;
using IngestPipeline.Extraction.Content;

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
        foreach (var threshold in new[] { -400, 0, 400 })
            Table(samples, $"with rules, threshold {threshold}", s => Stripped(s, threshold));

        Directory.CreateDirectory(folder);
        using var pages = new StreamWriter(Path.Combine(folder, "pages.jsonl"));
        foreach (var sample in samples)
        {
            var text = Stripped(sample, 0);
            var one = new Scores().Add(sample.Page, text);
            pages.WriteLine(JsonSerializer.Serialize(new
            {
                set = sample.Page.Set, id = sample.Page.Id, f1 = one, text,
                blocks = sample.Layout.Blocks.Select((b, i) => new { t = b.Text, tag = b.Tag.ToString(), s = sample.Scores[i], s1 = sample.FirstScores[i], y = sample.Labels.Target[i], w = sample.Labels.Weight[i] }),
            }));
        }
    }

    private static string Stripped(Sample sample, int threshold)
    {
        var selection = ContentSelection.Choose(sample.Layout, [.. sample.Scores.Select(s => s - threshold)], new(sample.Metadata), BoilerplateStripper.Shipped);
        return string.Join("\n\n", selection.Blocks.Where(b => b.InText).Select(b => b.Text));
    }

    private static void Table(Sample[] samples, string name, Func<Sample, int, bool> keep) =>
        Table(samples, name, s => Text(s, i => keep(s, i)));

    private static void Table(Sample[] samples, string name, Func<Sample, string> text)
    {
        Console.WriteLine(name);
        foreach (var set in samples.GroupBy(s => s.Page.Set))
        {
            var scores = new Scores();
            foreach (var sample in set)
                scores.Add(sample.Page, text(sample));
            Console.WriteLine($"  {set.Key,-12} {scores}");
        }
    }

    private static string Text(Sample sample, Func<int, bool> keep) => string.Join("\n\n", sample.Layout.Blocks.Where(b => keep(b.Index)).Select(b => b.Text));
}
