using System.Text.Json.Nodes;

namespace IngestPipeline.Scoreboard;

/// <summary>Copies by set, and the stories of the set whose documents report the same events independently.</summary>
internal static class CopyScores
{
    public static async Task RunAsync(BenchRun run)
    {
        var folder = Path.Combine(run.Data, "dedup");
        foreach (var set in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (File.Exists(Path.Combine(set, "clusters.jsonl.gz")))
                await ScoreAsync(run, set, Path.Combine(folder, "score.py"));
        }
    }

    private static async Task ScoreAsync(BenchRun run, string set, string scorer)
    {
        var name = Path.GetFileName(set);
        // A cluster is never parted by a half.
        var truth = run.Filter(Path.Combine(set, "clusters.jsonl.gz"), $"dedup/{name}/truth.jsonl", c => run.Half.Has(c.Text("cluster")));
        var ids = JsonLines.Read(truth).SelectMany(c => c.Texts("ids")).ToHashSet(StringComparer.Ordinal);
        var documents = run.Half == Half.All
            ? Path.Combine(set, "docs.jsonl.gz")
            : run.Filter(Path.Combine(set, "docs.jsonl.gz"), $"dedup/{name}/docs.jsonl", d => ids.Contains(d.Text("id")));
        var predictions = run.Make("dedup", name, "predictions.jsonl");
        await run.Tool.IngestAsync("dedupe", documents, "--out", predictions, "--quiet");

        var optional = new[] { ("--ignore", "ignore.tsv.gz"), ("--kinds", "kinds.tsv.gz") }
            .Where(o => File.Exists(Path.Combine(set, o.Item2)))
            .SelectMany(o => new[] { o.Item1, Path.Combine(set, o.Item2) });
        var answer = run.Make("dedup", name, "scores.json");
        await run.Tool.PythonAsync([scorer, "--truth", truth, "--pred", predictions, .. optional, "--json", answer]);
        run.Take(answer, "dedup." + name);

        // Documents of one event share the part of their ids before the last "_".
        var events = name == "sameevent" ? Clusters(run, $"dedup/{name}/events.jsonl", JsonLines.Read(documents), d => d.Text("id")[..d.Text("id").LastIndexOf('_')]) : truth;
        if (name is not ("sameevent" or "politics"))
            return;
        var stories = Clusters(run, $"dedup/{name}/stories.jsonl", JsonLines.Read(predictions), d => d.Text("storyId"));
        await run.Tool.PythonAsync(scorer, "--truth", events, "--pred", stories, "--json", answer);
        run.Take(answer, "stories." + name);
    }

    private static string Clusters(BenchRun run, string target, IEnumerable<JsonObject> documents, Func<JsonObject, string> cluster)
    {
        var path = run.Make(target);
        JsonLines.Write(path, documents.GroupBy(cluster, StringComparer.Ordinal).Select(g => new JsonObject
        {
            ["cluster"] = g.Key,
            ["ids"] = new JsonArray([.. g.Select(d => JsonValue.Create(d.Text("id")))]),
        }));
        return path;
    }
}
