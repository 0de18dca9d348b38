using System.Text;

namespace IngestPipeline.Scoreboard;

/// <summary>The one table: what we reach, what must not drop, what we want, what the best peer reaches.</summary>
internal sealed class ScoreTable(IReadOnlyList<Measure> measures, IReadOnlyDictionary<string, double> figures, Floors? floors)
{
    private static readonly string[] Heads = ["measure", "ours", "floor", "goal", "best peer", "verdict"];

    /// <summary>The measures that are below their floor.</summary>
    public IEnumerable<Measure> Dropped => measures.Where(m => Figure(m) is { } now && Floor(m) is { } floor && !m.Reaches(now, floor));

    /// <summary>How many goals are met, and of how many that were measured.</summary>
    public (int Met, int Of) Goals
    {
        get
        {
            var set = measures.Where(m => m.Goal is not null && Figure(m) is not null).ToList();
            return (set.Count(m => m.Reaches(Figure(m)!.Value, m.Goal!.Value)), set.Count);
        }
    }

    public string Plain()
    {
        var rows = Rows().ToList();
        var widths = Heads.Select((h, i) => rows.Where(r => r.Cells is not null).Select(r => r.Cells![i].Length).Append(h.Length).Max()).ToList();
        var text = new StringBuilder();
        Line(Heads);
        text.AppendLine(new string('-', widths.Sum() + 2 * (widths.Count - 1)));
        foreach (var (group, cells) in rows)
        {
            if (cells is null)
                text.AppendLine(group);
            else
                Line(cells);
        }
        return text.ToString();

        void Line(string[] cells) =>
            text.AppendLine(string.Join("  ", cells.Select((c, i) => i is 0 or >= 4 ? c.PadRight(widths[i]) : c.PadLeft(widths[i]))).TrimEnd());
    }

    public string Markdown()
    {
        var text = new StringBuilder().Append("| ").AppendJoin(" | ", Heads).Append(" |\n| --- | ---: | ---: | ---: | --- | --- |\n");
        foreach (var (group, cells) in Rows())
        {
            var shown = cells is null ? [$"**{group}**", "", "", "", "", ""] : cells.Select(c => c.Trim()).ToArray();
            text.Append("| ").AppendJoin(" | ", shown).Append(" |\n");
        }
        return text.ToString();
    }

    private IEnumerable<(string Group, string[]? Cells)> Rows()
    {
        foreach (var group in measures.Where(m => Figure(m) is not null).GroupBy(m => m.Group, StringComparer.Ordinal))
        {
            yield return (group.Key, null);
            foreach (var m in group)
                yield return (group.Key, ["  " + m.Name, m.Show(Figure(m)), m.Show(Floor(m)), m.Show(m.Goal), Peer(m), Verdict(m)]);
        }
    }

    private static string Peer(Measure m) => m.PeerName is null ? m.Show(m.Peer) : m.Peer is null ? m.PeerName : $"{m.Show(m.Peer)} {m.PeerName}";

    private double? Figure(Measure m) => figures.TryGetValue(m.Key, out var value) ? value : null;

    private double? Floor(Measure m) => floors is not null && floors.Values.TryGetValue(m.Id, out var value) ? value : null;

    private string Verdict(Measure m)
    {
        if (Dropped.Contains(m))
            return "BELOW ITS FLOOR";
        return m.Goal is not { } goal ? "" : m.Reaches(Figure(m)!.Value, goal) ? "goal met" : "below goal";
    }
}
