using System.Globalization;
using System.Text.Json;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Deduplication;

namespace IngestPipeline.Cli.Comparing;

/// <summary>Compares many labelled pairs of texts and counts what was decided by label.</summary>
internal static class PairsReport
{
    private const int Columns = 4;

    public static int Run(Terminal terminal, string file, string? output, bool quiet, bool asJson)
    {
        OutputFile.MustNotBe(output, file);
        var errors = new BatchErrors(terminal.Error);
        var counts = new SortedDictionary<string, int[]>(StringComparer.Ordinal);
        var kinds = Enum.GetValues<ComparedKind>();
        var comparer = new ArticleComparer();
        using (var sink = output is null ? null : new BatchOutput(output, terminal))
        using (var progress = new ProgressLine(terminal, "pairs", null, quiet))
        {
            var done = 0L;
            foreach (var (id, label, a, b) in Pairs(file, terminal, errors))
            {
                var comparison = comparer.Compare(new() { Id = "A", Text = a }, new() { Id = "B", Text = b });
                if (!counts.TryGetValue(label, out var row))
                    counts[label] = row = new int[kinds.Length];
                row[(int)comparison.Kind]++;
                sink?.WriteLine(JsonLine.Write(json => Write(json, id, label, comparison)));
                progress.Report(++done);
            }

            sink?.Complete(quiet: quiet);
        }

        if (output is not "-" && asJson)
            PrintJson(terminal, counts, kinds);
        else if (output is not "-")
            Print(terminal, counts, kinds);
        return errors.Count > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    private static IEnumerable<(string Id, string Label, string A, string B)> Pairs(string file, Terminal terminal, BatchErrors errors)
    {
        using var reader = new StreamReader(BatchInput.Open(file, terminal.Input));
        for (var number = 1; ReadLine(reader, file, number, errors) is { } line; number++)
        {
            if (line.Length == 0)
                continue;
            var parts = line.Split('\t');
            if (parts.Length == Columns)
                yield return (parts[0], parts[1], parts[2], parts[3]);
            else
                errors.Report(file, number, $"has {parts.Length} columns and not {Columns}; write id, label, text and text parted by tabs");
        }
    }

    private static string? ReadLine(StreamReader reader, string file, int number, BatchErrors errors)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            errors.Report(file, number, "the file is damaged from here on: " + e.Message);
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, string id, string label, ArticleComparison c)
    {
        json.WriteString("id", id);
        json.WriteString("label", label);
        ComparisonJson.Evidence(json, c);
    }

    private static void PrintJson(Terminal terminal, SortedDictionary<string, int[]> counts, ComparedKind[] kinds) =>
        terminal.Output.Write(JsonLine.Write(json =>
    {
        foreach (var (label, row) in counts)
        {
            json.WriteStartObject(label);
            foreach (var kind in kinds)
                json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()), row[(int)kind]);
            json.WriteNumber("pairs", row.Sum());
            json.WriteEndObject();
        }
    }));

    private static void Print(Terminal terminal, SortedDictionary<string, int[]> counts, ComparedKind[] kinds)
    {
        using var text = terminal.TextOutput();
        text.WriteLine("label".PadRight(12) + string.Concat(kinds.Select(k => JsonNamingPolicy.CamelCase.ConvertName(k.ToString()).PadLeft(9))) + "    pairs");
        foreach (var (label, row) in counts)
        {
            var name = ControlText.Clean(label.Length > 11 ? label[..11] : label);
            text.WriteLine(
                name.PadRight(12) + string.Concat(row.Select(n => n.ToString(CultureInfo.InvariantCulture).PadLeft(9)))
                    + row.Sum().ToString(CultureInfo.InvariantCulture).PadLeft(9));
        }
    }
}
