using System.CommandLine;
using System.Globalization;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Cli.Telemetry;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IngestPipeline.Cli.Commands;

/// <summary><c>ingest run</c>: the live pipeline in one process, on the schedules and with the stages that it has in the cloud.</summary>
internal static partial class RunCommand
{
    public static Command Create(Terminal terminal)
    {
        var store = new Option<string?>("--store", "-s")
        {
            Description = $"Where everything is kept: a folder, 'azurite', a connection string, or an https address of a blob container. Else the variable {SettingNames.Store}.",
            HelpName = "store",
        };
        var feeds = new Option<string?>("--feeds")
        {
            Description = "The feeds to follow: a feeds file (see 'ingest feeds') or OPML. It becomes the store's list; left out, the store's list counts.",
            HelpName = "file"
        };
        var once = new Option<bool>("--once") { Description = "Poll what is due, work through it, decide, publish, and end: for cron." };
        var wait = new Option<int>("--wait")
        {
            Description = "With --once: how many minutes to wait at most for pages that may not be asked for yet.", HelpName = "minutes",
            DefaultValueFactory = _ => 5
        };
        SharedOptions.Whole(wait, 0, 24 * 60);
        var workers =
            new Option<int>("--workers") { Description = "How many messages of a queue to work on at once.", HelpName = "n", DefaultValueFactory = _ => 8 };
        SharedOptions.Whole(workers, 1, 32);
        var contact = SharedOptions.Contact();
        var allow = SharedOptions.AllowHosts();
        var json = SharedOptions.Json();
        var quiet = SharedOptions.Quiet();
        var command = new Command("run", "Follows feeds live: polls, fetches, captures, extracts, recognises copies, writes records, until it is stopped.")
        {
            store, feeds, once, wait, workers, contact, allow, json, quiet
        };
        command.SetAction((result, cancellation) => RunAsync(
            terminal,
            new(
                result.GetValue(store), result.GetValue(feeds), result.GetValue(once), TimeSpan.FromMinutes(result.GetValue(wait)), result.GetValue(workers),
                result.GetValue(contact), result.GetValue(allow) ?? [], result.GetValue(json), result.GetValue(quiet)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, Settings settings, CancellationToken cancellation)
    {
        var (options, problems) = IngestOptions.Read(Environment.GetEnvironmentVariable, settings.Store);
        // Only here is there an option instead of the setting.
        problems = [.. problems.Select(p => settings.Store is null && p.StartsWith(SettingNames.Store + " is not set", StringComparison.Ordinal) ? "no store is named: give --store, such as --store ./news" : p)];
        foreach (var problem in problems.Skip(1))
            terminal.Error.WriteLine("ingest: " + problem);
        if (problems.Count > 0)
            throw new CliException(problems[0]);
        if (settings.Contact is { } contact)
            options = options with { Fetching = options.Fetching with { Contact = contact } };
        options = options with { Fetching = options.Fetching with { AllowHosts = [.. options.Fetching.AllowHosts, .. settings.AllowHosts] } };

        var given = settings.Feeds is { } file ? Feeds(file, options, terminal) : null;
        using var telemetry = OtlpTelemetry.Start(Environment.GetEnvironmentVariable);
        await using var services = Services(options, telemetry);
        var logger = services.GetService<ILoggerFactory>()?.CreateLogger("ingest.run");
        var run = services.GetRequiredService<LiveRun>();
        var failed = 0;
        run.Problem = line =>
        {
            Interlocked.Increment(ref failed);
            terminal.Error.WriteLine("ingest: " + Batch.ControlText.Clean(line));
            if (logger is not null)
                LogProblem(logger, line);
        };
        await run.PrepareAsync(cancellation);
        var followed = await FollowAsync(services, given, cancellation);
        var status = services.GetRequiredService<StatusReader>();
        var before = await status.ReadAsync(cancellation);
        if (logger is not null)
            LogStart(logger, followed, before.PipelineVersion);
        if (!settings.Quiet)
        {
            terminal.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"ingest: follows {followed} {(followed == 1 ? "feed" : "feeds")} into {before.Store}{(settings.Once ? "" : "; Ctrl-C stops it")}"));
            if (options.Fetching.Contact is null)
                terminal.Error.WriteLine("ingest: no contact is set, so sites cannot reach you: give --contact, a mail address or a page");
        }

        using var progress = new RunProgress(terminal, before.Pending, settings.Once, settings.Quiet, TimeProvider.System);
        try
        {
            if (settings.Once)
                await run.RunOnceAsync(settings.Workers, settings.Wait, cancellation);
            else
                await run.RunAsync(settings.Workers, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested && !settings.Once)
        {
            // Being stopped is how this command ends.
        }

        progress.Dispose();
        var after = await status.ReadAsync(CancellationToken.None);
        if (logger is not null)
            LogEnd(logger, after.Pending, failed);
        using var text = terminal.TextOutput();
        if (settings.Json)
            await RunSummary.WriteJsonAsync(status, terminal.Output, CancellationToken.None);
        else
            RunSummary.WriteText(text, before, after);
        if (settings is { Once: true, Quiet: false } && progress.IsNothingPolled && await NextAsync(services, cancellation) is { } next)
            terminal.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"ingest: no feed was due; the next one is at {next:yyyy-MM-dd HH:mm} UTC. 'ingest feeds check' asks all of them at once"));
        if (!settings.Once || !progress.IsEveryPollFailed)
            return failed > 0 ? ExitCodes.SomeFailed : ExitCodes.Done;
        terminal.Error.WriteLine("ingest: no feed that was due could be read; 'ingest feeds check' says what is wrong with each");
        return ExitCodes.SomeFailed;
    }

    private static async Task<DateTimeOffset?> NextAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await foreach (var due in new DueList(services.GetRequiredService<LiveStore>().Root).AllAsync(cancellation))
            return due.At;
        return null;
    }

    private static ServiceProvider Services(IngestOptions options, OtlpTelemetry? telemetry)
    {
        try
        {
            var collection = new ServiceCollection().AddIngestPipeline(options);
            if (telemetry is not null)
                collection.AddLogging(telemetry.AddLogs).UseSafeLogs();
            var services = collection.BuildServiceProvider();
            services.GetRequiredService<LiveRun>();
            return services;
        }
        catch (FormatException e)
        {
            throw new CliException($"{SettingNames.AllowHosts}: {e.Message}");
        }
    }

    private static FeedList Feeds(string file, IngestOptions options, Terminal terminal)
    {
        var list = FeedsFile.Read(file, terminal);
        if (list.Feeds.Count == 0)
            throw new CliException($"{file}: names no feed; add one with 'ingest feeds add'");
        var credentials = new FeedCredentials(options.Setting);
        var problems = list.Feeds.Where(f => f.Enabled).Select(f => (Feed: f, credentials.Of(f).Problem)).Where(p => p.Problem is not null).ToList();
        foreach (var (feed, problem) in problems)
            terminal.Error.WriteLine($"{file}: {SafeText.Of(feed.Url)}: {problem}");
        return problems.Count == 0 ? list : throw new CliException($"{file} was not used; mend what is said above");
    }

    // The store's list is what every host follows.
    private static async Task<int> FollowAsync(IServiceProvider services, FeedList? given, CancellationToken cancellation)
    {
        var store = services.GetRequiredService<IBlobStore>();
        var options = services.GetRequiredService<IngestOptions>();
        var name = options.FeedsFile ?? FeedList.StoreName;
        if (given is not null)
        {
            var json = FeedListWriter.Write(given);
            var stored = await store.ReadAsync(name, cancellation);
            var written = stored is null ? await store.CreateAsync(name, json, cancellation) : await store.ReplaceAsync(name, json, stored.ETag, cancellation);
            if (!written.Written)
                throw new StorageException($"{store.Location}: someone else is changing {name}; run again.");
        }

        var feeds = await services.GetRequiredService<LiveFeeds>().ReadAsync(cancellation);
        return feeds.Values.Count(f => f.Enabled) is > 0 and var count
            ? count
            : throw new CliException($"{store.Location} has no list of feeds to follow: give --feeds FILE (a feeds file, OPML or a plain list of addresses)");
    }

    [LoggerMessage(1, LogLevel.Information, "Follows {Feeds} feeds with pipeline version {Version}")]
    private static partial void LogStart(ILogger logger, int feeds, string version);

    [LoggerMessage(2, LogLevel.Warning, "A problem that did not end the run: {Problem}")]
    private static partial void LogProblem(ILogger logger, string problem);

    [LoggerMessage(3, LogLevel.Information, "Ended with {Pending} articles pending and {Problems} problems")]
    private static partial void LogEnd(ILogger logger, int pending, int problems);

    private sealed record Settings(
        string? Store, string? Feeds, bool Once, TimeSpan Wait, int Workers, string? Contact, string[] AllowHosts, bool Json, bool Quiet);
}
