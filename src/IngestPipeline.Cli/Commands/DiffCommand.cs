using System.CommandLine;
using System.Text;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Records;
using IngestPipeline.Records.Diff;
using IngestPipeline.Storage;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest diff</c>: what two runs say differently, such as before and after a change of rules.</summary>
internal static class DiffCommand
{
    public static Command Create(Terminal terminal)
    {
        var runs = SharedOptions.Files(
            "run", "One store: its run before the current one, and the current one. Or two runs, each STORE or STORE#VERSION.", new(1, 2));
        var most = new Option<int>("--limit") { Description = "How many changed articles to list; 0 for none.", HelpName = "n", DefaultValueFactory = _ => 20 };
        SharedOptions.Whole(most, 0, int.MaxValue, "--limit takes a number from 0.");
        var json = SharedOptions.Json();
        var command = new Command(
            "diff", "Says what changed between two runs: articles added and lost, texts, metadata, copies, what rules removed.") { runs, most, json };
        command.SetAction(async (result, cancellation) =>
        {
            var (before, after) = await OpenAsync(result.GetRequiredValue(runs), cancellation);
            var diff = await RunDiff.CompareAsync(before, after, result.GetValue(most), cancellation);
            using var output = terminal.TextOutput();
            if (result.GetValue(json))
                output.WriteLine(Encoding.UTF8.GetString(Json(diff, before.Header.PipelineVersion, after.Header.PipelineVersion)));
            else
                WriteText(output, diff, before.Header.PipelineVersion, after.Header.PipelineVersion);
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<(RecordStore Before, RecordStore After)> OpenAsync(string[] runs, CancellationToken cancellation)
    {
        if (runs is [var one, var other])
            return (await RunAsync(one, cancellation), await RunAsync(other, cancellation));
        var store = BlobStoreFactory.Open(runs[0]);
        var current = await RecordStore.OpenAsync(store, cancellation);
        return current.Header.Earlier is [.., var earlier]
            ? (await RecordStore.OpenAsync(store, earlier.PipelineVersion, cancellation), current)
            : throw new CliException($"{store.Location} has one run, of version {current.Header.PipelineVersion}: name another store to compare it with");
    }

    private static Task<RecordStore> RunAsync(string run, CancellationToken cancellation)
    {
        var at = run.LastIndexOf('#');
        return at < 0
            ? RecordStore.OpenAsync(BlobStoreFactory.Open(run), cancellation)
            : RecordStore.OpenAsync(BlobStoreFactory.Open(run[..at]), run[(at + 1)..], cancellation);
    }

    private static void WriteText(StreamWriter output, RunDiff diff, string before, string after)
    {
        output.WriteLine($"from version {before} to {after}");
        foreach (var (name, count) in new[] { ("the same", diff.Same), ("changed", diff.Both - diff.Same), ("added", diff.Added), ("lost", diff.Lost) })
            output.WriteLine(FormattableString.Invariant($"{name,-24} {count,8}"));
        Section(
            output, "changed, by field", diff.Fields.OrderByDescending(f => f.Value).Select(f => FormattableString.Invariant($"  {f.Key,-22} {f.Value,8}")));
        Section(output, "blocks removed, by rule", diff.Rules.Select(r => FormattableString.Invariant($"  {r.Key,-22} {r.Value.Before,8} -> {r.Value.After}")));
        foreach (var change in diff.Changes)
        {
            output.WriteLine(ControlText.Clean($"{RecordJson.Name(change.Kind)} {change.Day} {change.Id} {change.Url} {change.Title}"));
            foreach (var field in change.Fields)
                output.WriteLine(ControlText.Clean($"    {field.Field}: {field.Before ?? "-"} -> {field.After ?? "-"}"));
        }

        var left = diff.Both - diff.Same + diff.Added + diff.Lost - diff.Changes.Count;
        if (left > 0 && diff.Changes.Count > 0)
            output.WriteLine(FormattableString.Invariant($"and {left} more; --limit shows more of them"));
    }

    private static void Section(StreamWriter output, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
            return;
        output.WriteLine(title);
        all.ForEach(output.WriteLine);
    }

    private static byte[] Json(RunDiff diff, string before, string after) => JsonLine.Write(json =>
    {
        json.WriteString("before", before);
        json.WriteString("after", after);
        json.WriteNumber("same", diff.Same);
        json.WriteNumber("changed", diff.Both - diff.Same);
        json.WriteNumber("added", diff.Added);
        json.WriteNumber("lost", diff.Lost);
        json.WriteStartObject("fields");
        foreach (var (field, count) in diff.Fields)
            json.WriteNumber(field, count);
        json.WriteEndObject();
        json.WriteStartObject("rules");
        foreach (var (rule, counts) in diff.Rules)
        {
            json.WriteStartObject(rule);
            json.WriteNumber("before", counts.Before);
            json.WriteNumber("after", counts.After);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteStartArray("changes");
        foreach (var change in diff.Changes)
        {
            json.WriteStartObject();
            json.WriteString("kind", RecordJson.Name(change.Kind));
            json.WriteString("id", change.Id);
            json.WriteString("day", change.Day);
            json.WriteString("url", change.Url);
            json.WriteString("title", change.Title);
            json.WriteStartObject("fields");
            foreach (var field in change.Fields)
            {
                json.WriteStartObject(field.Field);
                json.WriteString("before", field.Before);
                json.WriteString("after", field.After);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
