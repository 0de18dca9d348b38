using System.Text.Json.Nodes;

namespace IngestPipeline.Scoreboard;

/// <summary>
/// The second figure beside the text's: with <c>extract --learn</c>, on the sets that have several pages of a site; and how many lines that went were the
/// truth's, which must be none.
/// </summary>
internal static class LearnScores
{
    private const int Several = 3;

    public static async Task RunAsync(BenchRun run)
    {
        var (gone, lost) = (0, 0);
        foreach (var set in Directory.EnumerateDirectories(Path.Combine(run.Data, "extraction")).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(set);
            var manifest = Path.Combine(run.Work, "extraction", "truth", name, "truth.jsonl");
            var truths = JsonLines.Read(manifest)
                .Where(t => t.Text("text").Length > 0)
                .ToDictionary(t => t.Text("id"), t => Squeezed(t.Text("text")), StringComparer.Ordinal);
            if (!JsonLines.Read(manifest).GroupBy(t => t.Text("site"), StringComparer.Ordinal).Any(g => g.Key.Length > 0 && g.Count() >= Several))
                continue;
            run.Filter(manifest, $"learned/truth/{name}/truth.jsonl", _ => true);
            var predictions = run.Make("learned", "predictions", name + ".jsonl");
            await run.Tool.IngestAsync("extract", "--learn", "--manifest", manifest, "--pages", Path.Combine(set, "pages"), "--out", predictions, "--quiet");

            var alone = JsonLines.Read(
                Path.Combine(run.Work, "extraction", "predictions", name + ".jsonl")).ToDictionary(p => p.Text("id"), p => p.Text("text"),
                StringComparer.Ordinal);
            foreach (var page in JsonLines.Read(predictions))
            {
                var kept = Lines(page.Text("text")).ToHashSet(StringComparer.Ordinal);
                var without = Lines(alone[page.Text("id")]).Where(l => !kept.Contains(l)).ToList();
                gone += without.Count;
                lost += without.Count(l => truths.TryGetValue(page.Text("id"), out var truth) && truth.Contains(Squeezed(l), StringComparison.Ordinal));
            }
        }

        run.Figures["learned.politics"] = await PoliticsAsync(run);
        run.Figures["learned.gone"] = gone;
        run.Figures["learned.lost"] = lost;
        var answer = run.Make("learned", "scores.json");
        await run.Tool.PythonAsync(
            Path.Combine(run.Data, "extraction", "score.py"), "--data", run.Make("learned", "truth"), "--pred", run.Make("learned", "predictions"),
            "--bootstrap", "0", "--no-lcs", "--json", answer);
        run.Take(answer, "learned");
    }

    /// <summary>
    /// The blocks that go from plain texts of many political articles by few outlets, which are there for their outlets' own blocks; no truth says which.
    /// </summary>
    private static async Task<int> PoliticsAsync(BenchRun run)
    {
        var manifest = run.Make("learned", "politics.jsonl");
        var documents = JsonLines.Read(Path.Combine(run.Data, "dedup", "politics", "docs.jsonl.gz")).Where(d => run.Half.Has(d.Text("source"))).ToList();
        for (var n = 0; n < documents.Count; n++)
            await File.WriteAllTextAsync(run.Make("learned", "politics", $"{n}.txt"), documents[n].Text("title") + "\n\n" + documents[n].Text("text"));
        JsonLines.Write(
            manifest, documents.Select((d, n) => new JsonObject { ["id"] = $"{n}", ["url"] = $"https://{Squeezed(d.Text("source"))}.example/{n}" }));
        var predictions = run.Make("learned", "politics.out.jsonl");
        await run.Tool.IngestAsync(
            "extract", "--learn", "--manifest", manifest, "--pages", Path.Combine(run.Work, "learned", "politics"), "--out", predictions, "--quiet");
        return JsonLines.Read(predictions).Sum(p => (p["removed"] as JsonArray)!.Count(r => (string?)r!["rule"] == "site-repeat"));
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Squeezed(string text) => string.Concat(text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
