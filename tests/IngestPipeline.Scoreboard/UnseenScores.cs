using System.Text.Json.Nodes;

namespace IngestPipeline.Scoreboard;

/// <summary>
/// The text of pages whose sites the block model has not seen, which is what to expect elsewhere: each page is extracted with that one of two models which
/// was trained on the other half of the sites.
/// </summary>
internal static class UnseenScores
{
    public static async Task RunAsync(BenchRun run)
    {
        var folder = Path.Combine(run.Data, "extraction");
        var sets = Directory.EnumerateDirectories(folder).Select(s => Path.GetFileName(s)).Order(StringComparer.Ordinal)
            .Select(name => (Name: name, Pages: JsonLines.Read(run.Make("extraction", "truth", name, "truth.jsonl")).Where(HasText).ToList()))
            .Where(set => set.Pages.Count > 0).ToList();
        var found =
            await HalfModels.ExtractAsync(run, "unseen", [.. sets.SelectMany(set => set.Pages.Select(p => (HalfModels.Fold(p), Line(set.Name, p))))], folder);

        // The pages of all sets went through one command; an id is then "SET/pages/ID".
        foreach (var set in found.GroupBy(p => p.Text("id").Split('/')[0], StringComparer.Ordinal))
        {
            JsonLines.Write(run.Make("unseen", "predictions", set.Key + ".jsonl"), set.Select(page => new JsonObject
            {
                ["id"] = page.Text("id").Split('/', 3)[2],
                ["text"] = page.Text("text"),
            }));
        }

        var answer = run.Make("unseen", "scores.json");
        await run.Tool.PythonAsync(
            Path.Combine(folder, "score.py"), "--data", run.Make("extraction", "truth"), "--pred", run.Make("unseen", "predictions"),
            "--sets", string.Join(',', sets.Select(s => s.Name)), "--bootstrap", "0", "--no-lcs", "--json", answer);
        run.Take(answer, "unseen");
        run.Figures["unseen.mean.text"] = Math.Round(
            sets.Average(s => run.Figures[run.Figures.ContainsKey($"unseen.{s.Name}.text.f1") ? $"unseen.{s.Name}.text.f1" : $"unseen.{s.Name}.segments.f1"]),
            6);
        LeakScores.Run(run, "unseen");
    }

    private static bool HasText(JsonObject truth) => truth.Text("text").Length > 0 || truth.Texts("with").Any();

    private static JsonObject Line(string set, JsonObject page) => new()
    {
        ["id"] = $"{set}/pages/{page.Text("id")}",
        ["url"] = page["url"]?.DeepClone(),
        ["charset"] = page["charset"]?.DeepClone(),
    };
}
