using System.Text.Json;
using System.Text.Json.Nodes;

namespace IngestPipeline.Scoreboard;

/// <summary>The feed conformance cases, scored as a whole and by the tiers and groups that have goals.</summary>
internal static class FeedScores
{
    private static readonly (string Name, string[] Options)[] Parts =
    [
        ("all", []),
        ("headline", ["--tier", "agreed,consensus"]),
        ("strict", ["--strict", "--tier", "agreed,consensus,own"]),
        ("solo", ["--tier", "solo"]),
        ("policy", ["--tier", "policy"]),
        ("sitemap", ["--group", "sitemap"]),
        ("odd", ["--group", "odd"]),
        ("news", ["--group", "real"]),
    ];

    public static async Task RunAsync(BenchRun run)
    {
        var folder = Path.Combine(run.Data, "feeds");
        var predictions = run.Make("feeds", "predictions.jsonl");
        await run.Tool.IngestAsync("feeds", "parse", "--manifest", Path.Combine(folder, "cases.jsonl"), "--out", predictions, "--quiet");

        var cases = run.Filter(Path.Combine(folder, "cases.jsonl"), "feeds/cases.jsonl", IsScored);
        var news = run.Filter(cases, "feeds/news.jsonl", c => c["news"]?.GetValue<bool>() == true);
        foreach (var (name, options) in Parts)
        {
            var answer = run.Make("feeds", name + ".json");
            await run.Tool.PythonAsync(
                [Path.Combine(folder, "score.py"), name == "news" ? news : cases, predictions, .. options, "--max-failures", "0", "--json", answer]);
            using var scores = JsonDocument.Parse(await File.ReadAllBytesAsync(answer));
            run.Figures[$"feeds.{name}.pass"] = Share(scores.RootElement, "passed", "cases");
            run.Figures[$"feeds.{name}.wellformed"] = Share(scores.RootElement.GetProperty("wellformed_agreement"), "agree", "of");
        }

        bool IsScored(JsonObject c) => run.Half.Has(c["split_key"]?.GetValue<string>() ?? c.Text("id"));
    }

    private static double Share(JsonElement counts, string part, string whole) =>
        counts.GetProperty(whole).GetDouble() is var all && all > 0 ? Math.Round(counts.GetProperty(part).GetDouble() / all, 6) : 0;
}
