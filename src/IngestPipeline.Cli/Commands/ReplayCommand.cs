using System.CommandLine;
using IngestPipeline.Archive;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Pipeline;
using IngestPipeline.Storage;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest replay</c>: archived feeds and pages in, clean and deduplicated records out.</summary>
internal static class ReplayCommand
{
    public static Command Create(Terminal terminal)
    {
        var archives = SharedOptions.Files(
            "archive", "WARC files (.warc, .warc.gz), folders of them, folders of feed and page files, or a store that 'ingest run' wrote: its captures.",
            ArgumentArity.OneOrMore);
        var output = new Option<string>("--out", "-o")
        {
            Description = "Where to write: a folder, 'azurite', a connection string, or an https address of a blob container.",
            HelpName = "store",
            Required = true,
        };
        var articles = new Option<string>("--articles")
        {
            Description =
                "Which pages are articles: those that the archive's feeds name (linked), every HTML response (all), or linked if there is a feed (auto).",
            DefaultValueFactory = _ => "auto"
        };
        articles.AcceptOnlyFromAmong("auto", "linked", "all");
        var newRun = new Option<bool>("--new-run")
        {
            Description = "Write a run of its own beside what other rules wrote, and make it the current one when it is whole."
        };
        var learn = new Option<int>("--learn-days")
        {
            Description =
                "Days of a site's articles that teach which blocks it repeats: 0 (learn nothing) to 60. Replay captures with what they were made with.",
            HelpName = "days", DefaultValueFactory = _ => new PipelineOptions().LearnDays
        };
        SharedOptions.Whole(learn, 0, PipelineOptions.MaxLearnDays);
        var json = new Option<bool>("--json") { Description = "Print the summary as one JSON object." };
        var workers = SharedOptions.Workers();
        var quiet = SharedOptions.Quiet();
        var command = new Command(
            "replay", "Replays an archive end to end: feeds, articles, copies, records.") { archives, output, articles, learn, newRun, workers, json, quiet };
        command.SetAction(async (result, cancellation) =>
        {
            var options = new ReplayOptions
            {
                Articles = Enum.Parse<ArticleChoice>(result.GetValue(articles)!, ignoreCase: true),
                NewRun = result.GetValue(newRun),
                Workers = result.GetValue(workers),
                Pipeline = new() { LearnDays = result.GetValue(learn) },
            };
            return await RunAsync(
                terminal, result.GetRequiredValue(archives), result.GetRequiredValue(output), options, result.GetValue(json), result.GetValue(quiet),
                cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Terminal terminal, string[] archives, string output, ReplayOptions options, bool json, bool quiet, CancellationToken cancellation)
    {
        // The cheap mistakes first: indexing a large archive takes minutes.
        await using var inputs = await ReplayInputs.OpenAsync(archives, output, cancellation);
        var store = BlobStoreFactory.Open(output);
        // A folder that is still to be made is made for an archive that can be read.
        var isToCome = store is FolderBlobStore && !Path.Exists(output) && FolderGuard.FileAt(Path.GetFullPath(output)) is null;
        if (!isToCome)
            await store.PrepareAsync(cancellation);
        await using var archive = await WebArchive.OpenAsync(inputs.Paths, new(), cancellation);
        if (isToCome)
            await store.PrepareAsync(cancellation);
        options = options with { Feeds = inputs.Feeds };
        ReplayResult result;
        using (var progress = new ProgressLine(terminal, "articles", null, quiet))
            result = await Replay.RunAsync(archive, store, options, new DirectProgress(progress.Report), cancellation);

        if (result.Summary is not { } summary)
            throw new CliException(result.Refusal!, ExitCodes.OtherVersion);
        summary = summary with { CapturesFrom = inputs.CapturesFrom };

        using var text = terminal.TextOutput();
        if (json)
            ReplaySummaryJson.Write(text, summary);
        else
            ReplaySummaryText.Write(text, terminal.OutputIsTerminal, terminal.UsesColor, summary);
        return summary.Faults.Count > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
    }
}
