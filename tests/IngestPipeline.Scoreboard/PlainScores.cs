using System.Text.Json.Nodes;
using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Segmentation;
using IngestPipeline.Extraction.Tree;
using IngestPipeline.Tests;

namespace IngestPipeline.Scoreboard;

/// <summary>
/// Text and metadata of the same pages copied as plain text, menus, appeals and all (<see cref="PlainCopy"/>), each by that one of two models which has not
/// seen its site.
/// </summary>
internal static class PlainScores
{
    public static async Task RunAsync(BenchRun run)
    {
        var folder = Path.Combine(run.Data, "extraction");
        var copies = Directory.CreateDirectory(run.Make("plain", "copies")).FullName;
        var lines = new List<(int Fold, JsonObject Line)>();
        foreach (var set in Directory.EnumerateDirectories(folder).Select(s => Path.GetFileName(s)).Order(StringComparer.Ordinal))
        {
            foreach (var page in JsonLines.Read(run.Make("extraction", "truth", set, "truth.jsonl")))
            {
                var id = page.Text("id");
                await File.WriteAllTextAsync(run.Make("plain", "copies", set, id + ".txt"), Copy(Path.Combine(folder, set, "pages", id + ".html.gz"), page));
                lines.Add((HalfModels.Fold(page), new JsonObject { ["id"] = $"{set}/{id}" }));
            }
        }

        var found = await HalfModels.ExtractAsync(run, "plain", lines, copies);
        foreach (var set in found.GroupBy(p => p.Text("id").Split('/')[0], StringComparer.Ordinal))
        {
            JsonLines.Write(run.Make("plain", "predictions", set.Key + ".jsonl"), set.Select(page =>
            {
                page["id"] = page.Text("id").Split('/', 2)[1];
                return page;
            }));
        }

        var answer = run.Make("plain", "scores.json");
        await run.Tool.PythonAsync(
            Path.Combine(folder, "score.py"), "--data", run.Make("extraction", "truth"), "--pred", run.Make("plain", "predictions"), "--bootstrap", "0",
            "--no-lcs", "--json", answer);
        run.Take(answer, "plain");
        LeakScores.Run(run, "plain");
        Mean(run, "text", ".text.f1");
        foreach (var field in new[] { "title", "author", "date" })
            Mean(run, field, $".metadata.{field}.exact");
    }

    private static void Mean(BenchRun run, string name, string end)
    {
        var sets = run.Figures.Where(f => f.Key.StartsWith("plain.", StringComparison.Ordinal) && f.Key.EndsWith(end, StringComparison.Ordinal))
            .Select(f => f.Value)
            .ToList();
        if (sets.Count > 0)
            run.Figures[$"plain.mean.{name}"] = Math.Round(sets.Average(), 6);
    }

    private static string Copy(string file, JsonObject page)
    {
        using var zipped = new System.IO.Compression.GZipStream(File.OpenRead(file), System.IO.Compression.CompressionMode.Decompress);
        using var body = new MemoryStream();
        zipped.CopyTo(body);
        using var decoded = PageDecoder.Decode(new(body.ToArray(), null, null, page.Text("charset") is { Length: > 0 } charset ? charset : null));
        using var document = TreeParser.Parse(decoded.Text);
        return PlainCopy.Of(PageSegmenter.Segment(document));
    }
}
