using System.CommandLine;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Backfill;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest backfill</c>: an archive that lies in the store, replayed by many workers at once.</summary>
internal static class BackfillCommand
{
    public static Command Create(Terminal terminal)
    {
        var store = SharedOptions.File(
            "store", "Where the archive lies and where is written: a folder, 'azurite', a connection string, or an https address of a blob container.");
        var archive = new Option<string?>("--archive")
        {
            Description = "The prefix of the archive's WARC files in the store, such as archive/2025/.", HelpName = "prefix"
        };
        var own = new Option<bool>("--own-captures") { Description = "What the store's own pipeline captured, with the rules of this release." };
        var workers = new Option<int>("--workers")
        {
            Description = "How many parts to work on at once, from 1 to 32. The output is the same for any number.", HelpName = "n",
            DefaultValueFactory = _ => Math.Min(Environment.ProcessorCount, 32)
        };
        SharedOptions.Whole(workers, 1, 32);
        var detach = new Option<bool>("--detach") { Description = "Send the start and end: other workers, such as the app on Azure, do the work." };
        var (json, quiet) = (SharedOptions.Json(), SharedOptions.Quiet());
        var command = new Command(
            "backfill", "Replays an archive that lies in a store, cut into parts that many workers take: this command, several of it, the app on Azure.")
        {
            store, archive, own, workers, detach, json, quiet,
        };
        command.SetAction((result, cancellation) =>
        {
            if ((result.GetValue(archive) is null) == !result.GetValue(own))
                throw new CliException("say what to replay: --own-captures, or --archive PREFIX");
            return RunAsync(
                terminal,
                new(
                    result.GetRequiredValue(store), result.GetValue(archive) ?? StoreNames.Captures, result.GetValue(workers), result.GetValue(detach),
                    result.GetValue(json), result.GetValue(quiet)),
                cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, Settings settings, CancellationToken cancellation)
    {
        var (options, problems) = IngestOptions.Read(Environment.GetEnvironmentVariable, settings.Store);
        if (problems.Count > 0)
            throw new CliException(problems[0]);
        await using var services = new ServiceCollection().AddIngestPipeline(options).BuildServiceProvider();
        var root = services.GetRequiredService<IBlobStore>();
        if (Path.Exists(settings.Store) || settings.Store.Contains("://", StringComparison.Ordinal))
            await root.PrepareAsync(cancellation);
        var run = services.GetRequiredService<BackfillRun>();
        run.Problem = line => terminal.Error.WriteLine("ingest: " + ControlText.Clean(line));
        string id;
        try
        {
            id = await run.StartAsync(settings.Archive, cancellation);
        }
        catch (FormatException e)
        {
            throw new CliException(e.Message);
        }

        using var output = terminal.TextOutput();
        if (settings.Detach)
        {
            output.WriteLine(settings.Json ? $"{{\"id\":\"{id}\"}}" : $"back-fill {id} is started; {StoreNames.Backfill(id)} in the store says how far it is");
            return ExitCodes.Done;
        }

        var phase = (BackfillPhase?)null;
        run.Progress = state =>
        {
            if (!settings.Quiet && state is not null && state.Phase != phase && state.Phase < BackfillPhase.Done)
                terminal.Error.WriteLine("ingest: " + Phase(state));
            phase = state?.Phase;
        };
        var ended = await run.WorkAsync(id, settings.Workers, cancellation)
            ?? throw new CliException(
                $"the back-fill stopped before its end: its messages were set aside; 'ingest quarantine list {settings.Store}' says why", ExitCodes.SomeFailed);
        if (ended.Reason is { } reason)
            throw new CliException(reason, ExitCodes.SomeFailed);
        Write(output, settings.Json, ended, root.Location);
        return ended.Faults > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }

    private static string Phase(BackfillState state) => state.Phase switch
    {
        BackfillPhase.Scanning => Text($"reads the archive in {state.Segments} {(state.Segments == 1 ? "segment" : "segments")}"),
        BackfillPhase.Extracting => Text($"extracts {state.ArticlesIn} articles in {state.Parts} {(state.Parts == 1 ? "part" : "parts")}"),
        _ => "decides about copies and writes records",
    };

    private static void Write(TextWriter output, bool json, BackfillState state, string location)
    {
        if (json)
        {
            output.WriteLine(System.Text.Encoding.UTF8.GetString(state.ToJson()));
            return;
        }

        output.WriteLine(Text($"{"articles",-24} {state.ArticlesIn,8}"));
        foreach (var (disposition, count) in state.Articles.OrderBy(a => a.Key))
            output.WriteLine(Text($"  {DispositionWord.Of(disposition),-22} {count,8}"));
        output.WriteLine(Text($"{"written or changed",-24} {state.Changes,8}"));
        if (state.Faults > 0)
            output.WriteLine(Text($"{"places not readable",-24} {state.Faults,8}"));
        output.WriteLine($"version {state.Run} is current in {location}");
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private sealed record Settings(string Store, string Archive, int Workers, bool Detach, bool Json, bool Quiet);
}
