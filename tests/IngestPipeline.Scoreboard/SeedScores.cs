using System.Text.Json.Nodes;

namespace IngestPipeline.Scoreboard;

/// <summary>The five articles of one event that were copied from pages as they stood: what must go, what must stay, and that none is a copy.</summary>
internal static class SeedScores
{
    public static async Task RunAsync(BenchRun run, TextWriter log)
    {
        var folder = Path.Combine(run.Data, "seeds");
        var truth = JsonLines.Read(Path.Combine(folder, "truth.jsonl")).ToList();
        var cleaned = run.Make("seeds", "cleaned.jsonl");
        await run.Tool.IngestAsync("extract", "--manifest", Path.Combine(folder, "truth.jsonl"), "--pages", folder, "--out", cleaned, "--quiet");
        var articles = JsonLines.Read(cleaned).ToDictionary(a => a.Text("id"), StringComparer.Ordinal);

        var wanted = Segments("with");
        var unwanted = Segments("without");
        run.Figures["seeds.kept"] = Share(wanted, s => s.There);
        run.Figures["seeds.gone"] = Share(unwanted, s => !s.There);
        foreach (var (id, segment, _) in wanted.Where(s => !s.There))
            await log.WriteLineAsync($"  seed {id} lost: {segment}");
        foreach (var (id, segment, _) in unwanted.Where(s => s.There))
            await log.WriteLineAsync($"  seed {id} kept: {segment}");

        var decisions = run.Make("seeds", "decisions.jsonl");
        await run.Tool.IngestAsync("dedupe", cleaned, "--out", decisions, "--quiet");
        var decided = JsonLines.Read(decisions).ToList();
        run.Figures["seeds.copies"] = decided.Count(d => d.Text("canonicalId") != d.Text("id"));
        run.Figures["seeds.rewrites"] = decided.Count(d => d.Text("rewriteOf").Length > 0);
        run.Figures["seeds.story"] = decided.GroupBy(d => d.Text("storyId"), StringComparer.Ordinal).Select(g => g.Count()).DefaultIfEmpty().Max();

        List<(string Id, string Segment, bool There)> Segments(string field) =>
        [
            .. truth.SelectMany(t => t.Texts(field).Select(s =>
                (t.Text("id"), s, Plain(articles.GetValueOrDefault(t.Text("id"))?.Text("text") ?? "").Contains(Plain(s), StringComparison.Ordinal)))),
        ];
    }

    private static double Share(List<(string Id, string Segment, bool There)> segments, Func<(string Id, string Segment, bool There), bool> good) =>
        segments.Count == 0 ? 0 : Math.Round((double)segments.Count(good) / segments.Count, 6);

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
