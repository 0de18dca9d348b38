using IngestPipeline.Boilerplate;

namespace IngestPipeline.Training;

/// <summary>What each rule would do to the blocks that the model keeps: how often it meets boilerplate, and how often the article.</summary>
internal static class RuleReport
{
    public static void Write(Sample[] samples, string file)
    {
        var rules = BlockRules.Shipped;
        var rows = new Dictionary<string, (int Good, int Bad, List<string> Lines)>(StringComparer.Ordinal);
        foreach (var sample in samples)
        {
            foreach (var block in sample.Layout.Blocks)
            {
                var labelled = sample.Labels.Weight[block.Index] > 0;
                if (!labelled || (sample.Scores[block.Index] <= 0 && sample.Labels.Target[block.Index] < 0.5) || rules.Match(block.Text) is not { } rule)
                    continue;

                var row = rows.GetValueOrDefault(rule.Id, (0, 0, []));
                var isArticle = sample.Labels.Target[block.Index] > 0.5;
                row.Lines.Add($"{(isArticle ? "WRONG" : "right")} {sample.Page.Set}/{sample.Page.Id} {block.Text[..Math.Min(160, block.Text.Length)]}");
                rows[rule.Id] = (row.Good + (isArticle ? 0 : 1), row.Bad + (isArticle ? 1 : 0), row.Lines);
            }
        }

        using var output = new StreamWriter(file);
        foreach (var (id, row) in rows.OrderByDescending(r => r.Value.Bad))
        {
            output.WriteLine($"{id}: right {row.Good}, wrong {row.Bad}");
            foreach (var line in row.Lines.Order(StringComparer.Ordinal).Take(14))
                output.WriteLine("    " + line);
        }
    }
}
