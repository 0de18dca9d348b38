using IngestPipeline.Archive;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Fetching;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Queues;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>A live pipeline under a test's clock, put together as every host puts it together.</summary>
internal sealed class LivePipeline : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    private readonly ServiceProvider _services;

    /// <param name="store">The store.</param>
    /// <param name="queues">Its queues.</param>
    /// <param name="host">The loopback host that may be asked.</param>
    /// <param name="time">The clock.</param>
    /// <param name="change">Further options.</param>
    /// <param name="all">The queues as a host opens them, where that matters.</param>
    /// <param name="web">A web in process in place of the sockets; null = the sockets.</param>
    public LivePipeline(
        IBlobStore store, Func<string, IWorkQueue> queues, string host, TestClock time, Func<IngestOptions, IngestOptions>? change = null,
        WorkQueues? all = null, HttpMessageHandler? web = null)
    {
        Time = time;
        Store = store;
        var options = new IngestOptions
        {
            Store = "unused",
            Fetching = new() { Contact = "ops@post.example", HostGap = TimeSpan.Zero, MaxWait = TimeSpan.Zero, AllowHosts = [host], TotalDeadline = Deadline, ConnectTimeout = Deadline, MinimumRate = 0 },
            Polling = new() { Jitter = 0, Floor = TimeSpan.FromMinutes(5), Ceiling = TimeSpan.FromMinutes(15), Backoff = TimeSpan.FromMinutes(5) },
            Live = new() { Settle = TimeSpan.Zero, Spread = TimeSpan.Zero },
        };
        options = change?.Invoke(options) ?? options;
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(store)
            .AddSingleton(_ => all ?? WorkQueues.Of(queues));
        if (web is not null)
            services.AddSingleton(_ => LiveWeb.Create(store, options.Fetching, time, web));
        _services = services.AddIngestPipeline(options).BuildServiceProvider();
        Run.Problem = line => Problems.Add(line);
    }

    public TestClock Time { get; }

    public IBlobStore Store { get; }

    public List<string> Problems { get; } = [];

    public LiveRun Run => Get<LiveRun>();

    public LiveQueues Queues => Get<LiveQueues>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task StartAsync(FeedList feeds)
    {
        await Run.PrepareAsync(CancellationToken.None);
        await Store.CreateAsync(FeedList.StoreName, FeedListWriter.Write(feeds));
    }

    /// <summary>Lets time pass: each step the timers run and the queues are drained, as far as messages are visible.</summary>
    public async Task PassAsync(TimeSpan span, TimeSpan step)
    {
        for (var end = Time.GetUtcNow() + span; Time.GetUtcNow() < end; Time.Advance(step))
            await TickAsync();
    }

    public async Task TickAsync()
    {
        await Get<PollFeeds>().RunAsync(CancellationToken.None);
        for (var left = 6; left > 0; left--)
        {
            while (await WithTimersAsync(Run.DrainAsync(8, CancellationToken.None)) > 0)
            {
            }

            // What waits for its host's turn comes within seconds.
            if (await Queues.Feeds.DepthAsync() + await Queues.Articles.DepthAsync() == 0)
                break;
            Time.Advance(TimeSpan.FromSeconds(1));
        }

        await Get<Deduplicate>().RunAsync(CancellationToken.None);
    }

    // What waits for the clock (a host's turn, a race lost) would wait for ever while it stands still. Real sockets and disks on a busy machine take their
    // time, and the clock knows nothing of that: it moves only when nobody has looked at it for long, and to a deadline only when all else has failed.
    private async Task<int> WithTimersAsync(Task<int> work)
    {
        var (uses, still) = (Time.Uses, 0);
        while (await Task.WhenAny(work, Task.Delay(TimeSpan.FromMilliseconds(100))) != work)
        {
            still = uses == Time.Uses ? still + 1 : 0;
            if (Time.NextTimer is { } next && still >= (next - Time.GetUtcNow() < Deadline / 2 ? 6 : 600))
            {
                Time.MoveTo(next);
                still = 0;
            }

            uses = Time.Uses;
        }

        return await work;
    }

    public Task<LiveFigures> FiguresAsync() => Get<StatusReader>().ReadAsync(CancellationToken.None);

    /// <summary>What the pipeline has accepted: the new and revised entries of all feeds, and the pages asked for again.</summary>
    public async Task<(long Entries, long Requests, long Pending, long Ended)> LedgerAsync()
    {
        var (entries, requests, pending, ended) = (0L, 0L, 0L, 0L);
        await foreach (var item in Store.ListAsync("state/feeds/"))
        {
            if (!item.Name.EndsWith(".entries.json", StringComparison.Ordinal))
                continue;
            var counts = FeedEntries.Read((await Store.ReadAsync(item.Name))!.Content.Span).Counts;
            entries += counts.GetValueOrDefault(EntryDisposition.New) + counts.GetValueOrDefault(EntryDisposition.Revised);
        }

        await foreach (var item in Store.ListAsync("state/articles/"))
        {
            var state = ArticleStateJson.Read((await Store.ReadAsync(item.Name))!.Content.Span);
            requests += state.Requests;
            pending += state.Pending.Count;
            // Looks at pages that nothing named anew come on top of what feeds named.
            entries += state.Pending.Count(p => p.Kind != RequestKind.Feed) + state.Ended.Count(p => p.Kind != RequestKind.Feed);
        }

        if (await Store.ReadAsync(StoreNames.Ledger) is { } ledger)
            ended = LiveLedger.Read(ledger.Content.Span).Total;
        return (entries, requests, pending, ended);
    }

    /// <summary>Replays what was captured into another store.</summary>
    public async Task<ReplaySummary> ReplayAsync(IBlobStore store, string temporary, FeedList? feeds = null)
    {
        await using var copy = await StoredArchive.CopyAsync(Store, StoreNames.Captures, temporary, CancellationToken.None);
        await using var archive = await WebArchive.OpenAsync([copy.Folder], new(), CancellationToken.None);
        return (await Replay.RunAsync(archive, store, new() { Feeds = feeds }, null, CancellationToken.None)).Summary!;
    }

    /// <summary>The articles of a store by name, and the latest decision about each, both as their bytes.</summary>
    public static async Task<SortedDictionary<string, string>> WrittenAsync(IBlobStore store)
    {
        var written = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var item in store.ListAsync("articles/"))
            written[item.Name] = System.Text.Encoding.UTF8.GetString((await store.ReadAsync(item.Name))!.Content.Span);
        var manifest = DecisionManifest.Read((await store.ReadAsync(StoreNames.DecisionManifest))!.Content.Span);
        foreach (var segment in manifest.Segments)
        {
            foreach (var decision in DecisionLines.Read((await store.ReadAsync(segment.Name))!.Content))
                written["decision " + decision.Id] =
                    System.Text.Encoding.UTF8.GetString(RecordJson.Object(json => DecisionJson.WriteDecision(json, decision.Decision)))
                    + decision.Decision.StoryId + decision.ArticleRevision;
        }

        return written;
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();
}
