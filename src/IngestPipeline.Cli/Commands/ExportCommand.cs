using System.CommandLine;
using System.Globalization;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Export;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest export</c>: records out of a store, as JSON lines, a table or a database.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var store = SharedOptions.Store();
        var format = new Option<string>("--format")
        {
            Description = "ndjson: records as stored, one a line. csv: a table. sqlite: a database.", DefaultValueFactory = _ => "ndjson"
        };
        format.AcceptOnlyFromAmong("ndjson", "csv", "sqlite");
        var output = SharedOptions.Out();
        output.Description = "Write to this file instead of standard output; sqlite needs one.";
        var since = new Option<int?>("--since")
        {
            Description = "Only records that changed after this cursor, which the export before printed; 0 for all that the changes log knows.",
            HelpName = "cursor"
        };
        SharedOptions.Whole(since, 0, int.MaxValue, "--since takes the number that an earlier export printed.");
        var filter = new FilterOptions();
        var json = new Option<bool>("--json")
        {
            Description = "Print the counts and the next cursor as JSON: on standard output when the records go to a file, else on standard error."
        };
        var quiet = SharedOptions.Quiet();
        var command = new Command(
            "export", "Writes records as JSON lines, a table or a SQLite database, all or what changed.") { store, format, output, since, json, quiet };
        filter.AddTo(command);
        command.SetAction(async (result, cancellation) =>
        {
            var from = BlobStoreFactory.Open(result.GetRequiredValue(store));
            var chosen = Enum.Parse<ExportFormat>(result.GetValue(format)!, ignoreCase: true);
            var (file, cursor) = (result.GetValue(output) is "-" ? null : result.GetValue(output), result.GetValue(since));
            if (chosen == ExportFormat.Sqlite && file is null)
                throw new CliException("a database is a file: name one with --out");
            if (chosen == ExportFormat.Sqlite && cursor is null && File.Exists(file))
                throw new CliException($"{file}: exists already; add --since to bring it up to date, or name another file");
            ExportResult made;
            using (var progress = new ProgressLine(terminal, "records", null, result.GetValue(quiet) || (file is null && terminal.OutputIsTerminal)))
                made = await WriteAsync(terminal, from, chosen, file, filter.Read(result), cursor, new DirectProgress(progress.Report), cancellation);
            Say(terminal, file, made, result.GetValue(json), result.GetValue(quiet));
            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<ExportResult> WriteAsync(
        Terminal terminal, IBlobStore from, ExportFormat format, string? file, RecordFilter filter, int? since, DirectProgress progress,
        CancellationToken cancellation)
    {
        if (format == ExportFormat.Sqlite && since is not null)
        {
            // One transaction: stopped, it changes nothing.
            OutputFile.Prepare(file!);
            return await RecordExport.WriteSqliteAsync(from, file!, filter, since, progress, cancellation);
        }

        if (file is null)
            return await RecordExport.WriteAsync(from, format, terminal.Output, filter, since, progress, cancellation);

        // Under its own name only when it is whole: an interrupted export leaves what was there.
        ExportResult made;
        if (format == ExportFormat.Sqlite)
        {
            made = await RecordExport.WriteSqliteAsync(from, OutputFile.Begin(file), filter, since, progress, cancellation);
            OutputFile.Complete(file);
            return made;
        }

        await using (var stream = OutputFile.Open(file))
            made = await RecordExport.WriteAsync(from, format, stream, filter, since, progress, cancellation);
        OutputFile.Complete(file);
        return made;
    }

    private static void Say(Terminal terminal, string? file, ExportResult made, bool json, bool quiet)
    {
        var line = json
            ? JsonLine.Text(j =>
            {
                j.WriteNumber("records", made.Records);
                j.WriteNumber("nextCursor", made.Cursor);
                j.WriteString("out", file);
            })
            : string.Create(
                CultureInfo.InvariantCulture, $"{made.Records} records{(file is null ? "" : " to " + file)}. What changes from now on: --since {made.Cursor}");
        if (file is not null)
        {
            using var text = terminal.TextOutput();
            text.WriteLine(line);
        }
        else if (json || !quiet)
        {
            terminal.Error.WriteLine(line);
        }
    }
}
