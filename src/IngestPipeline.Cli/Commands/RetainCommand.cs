using System.CommandLine;
using System.Globalization;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Retention;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest retain</c>: lets go of captures, articles and quarantine that are older than they shall be kept.</summary>
internal static class RetainCommand
{
    public static Command Create(Terminal terminal)
    {
        var store = SharedOptions.Store();
        var captures = Days("--captures", "captures, 2 or more and no more than articles");
        var articles = Days("--articles", "articles, with their records and decisions, by when they were first seen, 15 or more");
        var quarantine = Days("--quarantine", "messages in quarantine");
        var runs = Runs();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would go." };
        var json = SharedOptions.Json();
        var command = new Command(
            "retain", "Lets go of what is older than so many days; what is not named is kept.") { store, captures, articles, quarantine, runs, dryRun, json };
        command.SetAction(async (result, cancellation) =>
        {
            var options = new RetentionOptions { CaptureDays = result.GetValue(captures), ArticleDays = result.GetValue(articles), QuarantineDays = result.GetValue(quarantine) };
            var keep = result.GetValue(runs);
            if (options.KeepsAll && keep is null)
                throw new CliException("say how many days what is kept: --captures, --articles or --quarantine; or how many earlier runs: --runs");
            if (options.Problem(new PipelineOptions().CopyWindowDays) is { } problem)
                throw new CliException(problem);
            var dry = result.GetValue(dryRun);
            var to = BlobStoreFactory.Open(result.GetRequiredValue(store));
            // Runs first: what goes with them need not be gone through for old articles.
            var old = keep is { } most ? await new RunRetention(to, TimeProvider.System).RunAsync(most, dry, cancellation) : null;
            var gone = options.KeepsAll
                ? new(0, 0, 0, 0, null, null)
                : await new StoreRetention(to, options, new()).RunAsync(TimeProvider.System.GetUtcNow(), dry, cancellation);
            using var output = terminal.TextOutput();
            if (result.GetValue(json))
                output.WriteLine(Json(gone, old, dry));
            else
                WriteText(output, gone, old, dry);
            return ExitCodes.Done;
        });
        return command;
    }

    private static Option<int?> Days(string name, string what)
    {
        var option = new Option<int?>(name) { Description = $"Days to keep {what}.", HelpName = "days" };
        SharedOptions.Whole(option, 1, RetentionOptions.MostDays, $"{name} takes a number of days from 1 to {RetentionOptions.MostDays}.");
        return option;
    }

    private static Option<int?> Runs()
    {
        var option = new Option<int?>("--runs")
        {
            Description = "Earlier runs to keep besides the current one, the newest; 0 or more. The others go whole.", HelpName = "count"
        };
        SharedOptions.Whole(option, 0, int.MaxValue, "--runs takes a number of runs, 0 or more.");
        return option;
    }

    private static void WriteText(TextWriter output, RetentionResult gone, RunRetentionResult? runs, bool dry)
    {
        var verb = dry ? "would go" : "went";
        if (gone.CapturesFrom is { } captures)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{gone.Captures,8} captures before {captures} {verb}"));
        if (gone.ArticlesFrom is { } articles)
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{gone.Articles,8} articles before {articles} {verb}; {gone.Regrouped} others {(dry ? "would be" : "were")} regrouped"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{gone.Quarantined,8} messages in quarantine {verb}"));
        if (runs is not null)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs.Gone.Count,8} earlier runs ({runs.Blobs} files) {verb}; {runs.Kept} kept"));
            foreach (var busy in runs.Busy)
                output.WriteLine($"         {busy.PipelineVersion} stays: work on it is not finished");
            if (runs.Staged > 0)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs.Staged,8} files that finished back-fills had left {verb}"));
        }

        if (dry)
            output.WriteLine("Nothing was changed.");
    }

    private static string Json(RetentionResult gone, RunRetentionResult? runs, bool dry) => JsonLine.Text(json =>
    {
        json.WriteBoolean("dryRun", dry);
        json.WriteNumber("captures", gone.Captures);
        json.WriteString("capturesFrom", gone.CapturesFrom);
        json.WriteNumber("articles", gone.Articles);
        json.WriteString("articlesFrom", gone.ArticlesFrom);
        json.WriteNumber("regrouped", gone.Regrouped);
        json.WriteNumber("quarantined", gone.Quarantined);
        if (runs is null)
            return;
        json.Texts("runs", runs.Gone.Select(r => r.PipelineVersion));
        json.WriteNumber("runsBusy", runs.Busy.Count);
        json.WriteNumber("runFiles", runs.Blobs);
        json.WriteNumber("staged", runs.Staged);
    });
}
