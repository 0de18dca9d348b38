namespace IngestPipeline.Scoreboard;

/// <summary>Boilerplate left in the text: the share of pages with a leaking line, kind by kind, over the sets whose truths are whole texts.</summary>
internal static class LeakScores
{
    /// <summary>Reads what extraction wrote into a part's folder; the lines themselves go to <c>leaks.txt</c> there, to be read.</summary>
    public static void Run(BenchRun run, string part)
    {
        var check = LeakCheck.Load();
        var (found, pages) = (new List<(string Page, string Kind, string Line)>(), 0);
        foreach (var truth in Directory.EnumerateFiles(run.Make("extraction", "truth"), "truth.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var set = Path.GetFileName(Path.GetDirectoryName(truth)!);
            var truths =
                JsonLines.Read(truth).Where(t => t.Text("text").Length > 0).ToDictionary(t => t.Text("id"), t => t.Text("text"), StringComparer.Ordinal);
            if (truths.Count == 0)
                continue;
            pages += truths.Count;
            foreach (var line in JsonLines.Read(Path.Combine(run.Work, part, "predictions", set + ".jsonl")))
            {
                if (truths.TryGetValue(line.Text("id"), out var text))
                    found.AddRange(check.Find(line.Text("text"), text).Select(l => ($"{set}/{line.Text("id")}", l.Kind, l.Line)));
            }
        }

        foreach (var (kind, share) in check.Shares([.. found.Select(f => (f.Page, f.Kind))], pages))
            run.Figures[$"{part}.leaks.{kind}"] = Math.Round(share, 6);
        File.WriteAllLines(run.Make(part, "leaks.txt"), found.Select(f => $"{f.Kind}\t{f.Page}\t{f.Line}"));
    }
}
