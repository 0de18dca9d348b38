using IngestPipeline.Feeds.Polling;
using IngestPipeline.Hosting;
using IngestPipeline.Queues;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>Reads health and figures from the store and the queues.</summary>
public sealed class StatusReader
{
    private const int MaxTroubled = 100;
    private const int MaxDays = 14;

    private readonly LiveStore _store;
    private readonly LiveQueues _queues;
    private readonly TimeProvider _time;

    /// <summary>Wires the reader.</summary>
    public StatusReader(LiveStore store, LiveQueues queues, TimeProvider time) => (_store, _queues, _time) = (store, queues, time);

    /// <summary>Health and figures as JSON.</summary>
    public async Task<byte[]> ReadJsonAsync(CancellationToken cancellation) => LiveFiguresJson.Write(await ReadAsync(cancellation).ConfigureAwait(false));

    /// <summary>Health and figures.</summary>
    public async Task<LiveFigures> ReadAsync(CancellationToken cancellation)
    {
        var feeds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var troubled = new List<(string, string, string)>();
        await foreach (var state in new FeedStates(_store.Root).ListAsync(cancellation).ConfigureAwait(false))
        {
            var health = RecordJson.Name(state.Health);
            feeds[health] = feeds.GetValueOrDefault(health) + 1;
            if (state.Problem is { } problem && state.Health is not FeedHealth.Healthy && troubled.Count < MaxTroubled)
                troubled.Add((SafeText.Of(state.Url), health, SafeText.Of(problem)));
        }

        var queues = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var queue in (IWorkQueue[])[_queues.Feeds, _queues.Articles, _queues.Replays])
            queues[queue.Name] = await queue.DepthAsync(cancellation).ConfigureAwait(false);

        var stored = await _store.Root.ReadAsync(StoreNames.Ledger, cancellation).ConfigureAwait(false);
        var ledger = stored is null ? LiveLedger.Empty : LiveLedger.Read(stored.Content.Span);
        var sources = await SourcesAsync(_store.Root, cancellation).ConfigureAwait(false);
        return new()
        {
            At = _time.GetUtcNow(),
            Store = _store.Root.Location,
            PipelineVersion = _store.Version,
            Feeds = feeds,
            Troubled = troubled,
            Sources = [.. sources.Flags.Take(MaxTroubled)],
            Queues = queues,
            Pending = await new DueMarkers(_store.Root, StoreNames.Pending).CountAsync(cancellation).ConfigureAwait(false),
            Rechecks = await new DueMarkers(_store.Root, StoreNames.Rechecks).CountAsync(cancellation).ConfigureAwait(false),
            Inbox = await CountAsync(StoreNames.Inbox, cancellation).ConfigureAwait(false),
            Quarantined = await CountAsync(StoreNames.Quarantine, cancellation).ConfigureAwait(false),
            Total = ledger.Days.Values.SelectMany(d => d).GroupBy(c => c.Key).OrderBy(g => g.Key).ToDictionary(g => g.Key, g => g.Sum(c => c.Value)),
            Days =
                ledger.Days.OrderByDescending(d => d.Key, StringComparer.Ordinal).Take(MaxDays).ToDictionary(d => d.Key, d => d.Value, StringComparer.Ordinal),
        };
    }

    /// <summary>The sources' health as it was kept last.</summary>
    internal static async Task<SourceHealth> SourcesAsync(IBlobStore store, CancellationToken cancellation) =>
        await store.ReadAsync(StoreNames.Sources, cancellation).ConfigureAwait(false) is { } stored
            ? SourceHealth.Read(stored.Content.Span)
            : SourceHealth.Empty;

    private async Task<int> CountAsync(string prefix, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var _ in _store.Root.ListAsync(prefix, cancellation).ConfigureAwait(false))
            count++;
        return count;
    }
}
