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
            else if (File.Exists(Path.Combine(set, "pairs.tsv.gz")))
                await ScorePairsAsync(run, set);
        }

        // Written by us and the same in both halves.
        if (run.Half == Half.All)
            await StoryScores.RunAsync(run);
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
        var events = name == "sameevent"
            ? Clusters(run, $"dedup/{name}/events.jsonl", JsonLines.Read(documents), d => d.Text("id")[..d.Text("id").LastIndexOf('_')])
            : truth;
        if (name is not ("sameevent" or "politics"))
            return;
        var stories = Clusters(run, $"dedup/{name}/stories.jsonl", JsonLines.Read(predictions), d => d.Text("storyId"));
        await run.Tool.PythonAsync(scorer, "--truth", events, "--pred", stories, "--json", answer);
        run.Take(answer, "stories." + name);
    }

    // Pairs of sentences that people judged: what is called what, by label.
    private static async Task ScorePairsAsync(BenchRun run, string set)
    {
        var name = Path.GetFileName(set);
        var answers = run.Make("dedup", name, "pairs.jsonl");
        await run.Tool.IngestAsync("compare", "--pairs", Path.Combine(set, "pairs.tsv.gz"), "--out", answers, "--quiet");
        var pairs = JsonLines.Read(answers).Where(p => run.Half.Has(p.Text("id"))).ToList();
        foreach (var label in pairs.GroupBy(p => p.Text("label"), StringComparer.Ordinal))
        {
            foreach (var kind in (string[])["exact", "near", "version", "rewrite", "story", "apart"])
                run.Figures[$"pairs.{name}.{label.Key}.{kind}"] = label.Count(p => p.Text("kind") == kind);
        }

        Precision("near");
        Precision("rewrite");

        void Precision(string kind)
        {
            var said = pairs.Where(p => p.Text("kind") == kind).ToList();
            run.Figures[$"pairs.{name}.{kind}_precision"] = said.Count == 0 ? 1 : Math.Round((double)said.Count(p => p.Text("label") == "1") / said.Count, 6);
        }
    }

    public static string Clusters(BenchRun run, string target, IEnumerable<JsonObject> documents, Func<JsonObject, string> cluster)
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
