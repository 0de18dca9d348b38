using IngestPipeline.Boilerplate;
using System.Text;
using System.Text.Json;
using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Content;
using IngestPipeline.Scoreboard;

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
        Leaks(samples, Path.Combine(folder, "leaks.txt"));
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

    /// <summary>What comes out of plain copies of the pages by the ordinary way.</summary>
    public static void Plain(Sample[] samples)
    {
        var extractor = new ArticleExtractor();
        Table(
            samples, "plain copies",
            s => extractor.Extract(new(Encoding.UTF8.GetBytes(string.Join("\n\n", s.Layout.Blocks.Select(b => b.Text))), IsPlainText: true)).Text);
    }

    /// <summary>Takes back the scores that <see cref="Print"/> wrote.</summary>
    public static void ReadScores(Sample[] samples, string folder)
    {
        var scores = new Dictionary<string, (int[] First, int[] Last)>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Path.Combine(folder, "pages.jsonl")))
        {
            using var page = JsonDocument.Parse(line);
            var blocks = page.RootElement.GetProperty("blocks").EnumerateArray().ToArray();
            scores[$"{page.RootElement.GetProperty("set")}/{page.RootElement.GetProperty("id")}"] =
                ([.. blocks.Select(b => b.GetProperty("s1").GetInt32())], [.. blocks.Select(b => b.GetProperty("s").GetInt32())]);
        }

        foreach (var sample in samples)
        {
            (sample.FirstScores, sample.Scores) = scores[$"{sample.Page.Set}/{sample.Page.Id}"];
            if (sample.Scores.Length != sample.Layout.Blocks.Count)
                throw new InvalidOperationException($"{sample.Page.Id} has other blocks than when it was scored: run halves again.");
        }
    }

    private static void Leaks(Sample[] samples, string file)
    {
        var check = LeakCheck.Load();
        var scored = samples.Where(s => s.Page.Text is { Length: > 0 }).ToArray();
        var found = scored.SelectMany(s => check.Find(Stripped(s, 0), s.Page.Text!).Select(l => (Page: $"{s.Page.Set}/{s.Page.Id}", l.Kind, l.Line))).ToArray();
        foreach (var (kind, share) in check.Shares([.. found.Select(f => (f.Page, f.Kind))], scored.Length))
            Console.WriteLine($"  leaks {kind,-12} {share:0.0 %}");
        File.WriteAllLines(file, found.Select(f => $"{f.Kind}\t{f.Page}\t{f.Line}"));
    }

    private static string Stripped(Sample sample, int threshold)
    {
        var selection =
            ContentSelection.Choose(sample.Layout, [.. sample.Scores.Select(s => s - threshold)], new(sample.Metadata), BoilerplateStripper.Shipped);
        return string.Join("\n\n", selection.Blocks.Where(b => b.InText).Select(b => b.Text));
    }

    private static void Table(Sample[] samples, string name, Func<Sample, int, bool> keep) =>
        Table(samples, name, s => Text(s, i => keep(s, i)));

    private static void Table(Sample[] samples, string name, Func<Sample, string> text)
    {
        Console.WriteLine(name);
        var goals = new List<double>();
        foreach (var set in samples.GroupBy(s => s.Page.Set))
        {
            var scores = new Scores();
            foreach (var sample in set)
                scores.Add(sample.Page, text(sample));
            goals.Add(set.Key == "trafilatura" ? scores.SegmentF1 : scores.F1);
            Console.WriteLine($"  {set.Key,-12} {scores}");
        }

        Console.WriteLine($"  mean of sets {goals.Average():0.0000}");
    }

    private static string Text(Sample sample, Func<int, bool> keep) => string.Join("\n\n", sample.Layout.Blocks.Where(b => keep(b.Index)).Select(b => b.Text));
}
