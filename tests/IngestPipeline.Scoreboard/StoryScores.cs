using System.Text.Json.Nodes;
using IngestPipeline.Tests;

namespace IngestPipeline.Scoreboard;

/// <summary>Stories and rewrites in languages other than English, of the reports that the project's authors wrote for the tests.</summary>
internal static class StoryScores
{
    public static async Task RunAsync(BenchRun run)
    {
        var folder = Path.Combine(RepositoryRoot.Path, "tests", "IngestPipeline.Tests", "Deduplication", "Fixtures");
        var documents = Directory.EnumerateFiles(folder, "rewrites.??.txt").Order(StringComparer.Ordinal).SelectMany(Read).ToList();
        var input = run.Make("stories", "docs.jsonl");
        JsonLines.Write(input, documents);
        var predictions = run.Make("stories", "predictions.jsonl");
        await run.Tool.IngestAsync("dedupe", input, "--out", predictions, "--quiet");

        var decided = JsonLines.Read(predictions).ToDictionary(d => d.Text("id"), StringComparer.Ordinal);
        await ScoreAsync("stories", d => d.Text("event"), d => decided[d.Text("id")].Text("storyId"));
        await ScoreAsync("rewrites", d => d.Text("report"), d => decided[d.Text("id")]["rewriteOf"]?.GetValue<string>() ?? d.Text("id"));

        async Task ScoreAsync(string name, Func<JsonObject, string> truth, Func<JsonObject, string> said)
        {
            var answer = run.Make("stories", name + ".json");
            await run.Tool.PythonAsync(
                Path.Combine(run.Data, "dedup", "score.py"), "--truth", CopyScores.Clusters(run, $"stories/{name}-truth.jsonl", documents, truth),
                "--pred", CopyScores.Clusters(run, $"stories/{name}-said.jsonl", documents, said), "--json", answer);
            run.Take(answer, "languages." + name);
        }
    }

    // A file's reports begin with "=== event kind"; independent articles and reports made to a form rewrite none.
    private static IEnumerable<JsonObject> Read(string file) => File.ReadAllText(file).Split("=== ", StringSplitOptions.RemoveEmptyEntries).Select((part, i) =>
    {
        var end = part.IndexOf('\n', StringComparison.Ordinal);
        var language = Path.GetFileNameWithoutExtension(file).Split('.')[1];
        var (id, name) = ($"{language}-{i}", part[..end].Trim());
        return new JsonObject
        {
            ["id"] = id,
            ["text"] = part[end..].Trim(),
            ["source"] = "Outlet " + id,
            ["date"] = $"2025-03-10T{i:00}:00:00Z",
            ["event"] = language + name.Split(' ')[0],
            ["report"] =
                name.EndsWith("report", StringComparison.Ordinal) || name.EndsWith("rewrite", StringComparison.Ordinal) ? language + name.Split(' ')[0] : id,
        };
    });
}
