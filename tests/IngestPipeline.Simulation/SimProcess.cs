using IngestPipeline.Extraction;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Fetching;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace IngestPipeline.Simulation;

/// <summary>One life of the pipeline's process: everything that it holds in memory goes with it.</summary>
internal sealed class SimProcess : IAsyncDisposable
{
    /// <summary>It keeps no state; reading its models for each life would be most of the simulation's time.</summary>
    public static readonly ArticleExtractor Extractor = new();

    /// <summary>Where temporary indexes are kept: in memory, where the system has such a place; null = in the system's folder.</summary>
    public static readonly string? Temporary = Directory.Exists("/dev/shm") ? "/dev/shm" : null;

    private readonly ServiceProvider _services;

    public SimProcess(IBlobStore store, LiveQueues queues, TimeProvider time, World world)
    {
        var options = Options();
        _services = new ServiceCollection()
            .AddSingleton(time)
            .AddSingleton(store)
            .AddSingleton(LiveWeb.Create(store, options.Fetching, time, world))
            .AddIngestPipeline(options)
            .AddSingleton(queues)
            .AddSingleton(Extractor)
            .BuildServiceProvider();
        // Once: what is asked for a second time the container compiles, for each life anew.
        Poll = _services.GetRequiredService<PollFeeds>();
        Read = _services.GetRequiredService<ReadFeed>();
        Ingest = _services.GetRequiredService<IngestArticle>();
        Deduplicate = _services.GetRequiredService<Deduplicate>();
        Quarantine = _services.GetRequiredService<Quarantine>();
    }

    public PollFeeds Poll { get; }

    public ReadFeed Read { get; }

    public IngestArticle Ingest { get; }

    public Deduplicate Deduplicate { get; }

    public Quarantine Quarantine { get; }

    public static IngestOptions Options() => new()
    {
        Store = "memory",
        Fetching = new() { HostGap = TimeSpan.FromSeconds(1), MaxWait = TimeSpan.Zero },
        Polling = new PollOptions { Ceiling = TimeSpan.FromMinutes(20), Backoff = TimeSpan.FromMinutes(3), Cap = TimeSpan.FromMinutes(40) },
        Live = new() { Rechecks = [TimeSpan.FromHours(1)], Claim = TimeSpan.FromMinutes(3), Overdue = TimeSpan.FromMinutes(6), Settle = TimeSpan.FromSeconds(1), Spread = TimeSpan.FromSeconds(1), TemporaryFolder = Temporary },
    };

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();
}
