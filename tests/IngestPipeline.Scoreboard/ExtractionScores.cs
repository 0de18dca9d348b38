namespace IngestPipeline.Scoreboard;

/// <summary>Text and metadata of pages with a truth, by set, and the means over the sets that have the field.</summary>
internal static class ExtractionScores
{
    public static async Task RunAsync(BenchRun run)
    {
        var folder = Path.Combine(run.Data, "extraction");
        foreach (var set in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(set);
            var truth = run.Filter(Path.Combine(set, "truth.jsonl"), $"extraction/truth/{name}/truth.jsonl", t => run.Half.Has(t.Text("id")));
            var predictions = run.Make("extraction", "predictions", name + ".jsonl");
            await run.Tool.IngestAsync("extract", "--manifest", truth, "--pages", Path.Combine(set, "pages"), "--out", predictions, "--quiet");
        }

        var answer = run.Make("extraction", "scores.json");
        await run.Tool.PythonAsync(
            Path.Combine(folder, "score.py"), "--data", run.Make("extraction", "truth"), "--pred", run.Make("extraction", "predictions"),
            "--bootstrap", "0", "--no-lcs", "--json", answer);
        run.Take(answer, "extraction");
        LeakScores.Run(run, "extraction");
        MomentScores.Run(run);

        foreach (var field in new[] { "title", "author", "date" })
        {
            var sets = run.Figures.Where(f => f.Key.EndsWith($".metadata.{field}.exact", StringComparison.Ordinal)).Select(f => f.Value).ToList();
            if (sets.Count > 0)
                run.Figures[$"extraction.mean.{field}"] = Math.Round(sets.Average(), 6);
        }

        await UnseenScores.RunAsync(run);
        await PlainScores.RunAsync(run);
        await LearnScores.RunAsync(run);
    }
}
