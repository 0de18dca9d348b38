using System.Diagnostics;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Learning;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// The single writer: takes what ended from the inbox in bounded batches, publishes what is decided about it, counts it, and empties the inbox last.
/// Each step can be derived again. A second writer is refused by the manifest's ETag and gives way.
/// </summary>
public sealed class Deduplicate : IDisposable
{
    private static readonly TimeSpan RollUpEvery = TimeSpan.FromHours(1);

    private readonly LiveStore _store;
    private readonly LiveOptions _options;
    private readonly PipelineOptions _pipeline;
    private readonly SiteMemories _memories;
    private readonly TimeProvider _time;
    private readonly IngestMetrics _metrics;
    private readonly SemaphoreSlim _one = new(1);
    private readonly InboxReader _inbox;
    private LiveIndex? _index;
    private DateTimeOffset? _rolledUp;

    /// <summary>Wires the stage.</summary>
    public Deduplicate(LiveStore store, LiveOptions options, PipelineOptions pipeline, SiteMemories memories, TimeProvider time, IngestMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(store);
        (_store, _options, _pipeline, _memories, _time, _metrics) = (store, options, pipeline, memories, time, metrics);
        _inbox = new(store, time);
    }

    /// <summary>Runs until the inbox is empty or the run's bound is reached.</summary>
    /// <param name="cancellation">Stops between steps.</param>
    /// <param name="rollUp">True writes the roll-ups of the days that changed now, and not within the hour.</param>
    public async Task<DeduplicateResult> RunAsync(CancellationToken cancellation, bool rollUp = false)
    {
        using var activity = TraceContext.Start(nameof(Deduplicate), kind: ActivityKind.Internal);
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await _metrics.StageAsync(nameof(Deduplicate), _time, () => RunAloneAsync(rollUp, cancellation)).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _index?.Dispose();
        _one.Dispose();
    }

    private async Task<DeduplicateResult> RunAloneAsync(bool rollUp, CancellationToken cancellation)
    {
        var total = default(DeduplicateResult);
        try
        {
            await _store.ConfirmAsync(cancellation).ConfigureAwait(false);
            // A back-fill writes into this run: what waits in the inbox waits until it is done.
            if (await WriterLease.IsTakenAsync(_store.Root, _store.Version, _time, cancellation).ConfigureAwait(false))
                return total with { Fenced = true };
            var index = await LoadAsync(cancellation).ConfigureAwait(false);
            for (var i = 0; i < _options.Batches; i++)
            {
                var items = await _inbox.ReadAsync(_options.Batch, cancellation).ConfigureAwait(false);
                if (i == 0)
                    _metrics.InboxDelay(items.Count > 0 ? _time.GetUtcNow() - items.Min(n => n.At) : TimeSpan.Zero);
                if (items.Count == 0)
                    break;
                var counts = await PublishAsync(index, items, cancellation).ConfigureAwait(false);
                total = new(total.Items + items.Count, total.Decisions + counts.Decisions, total.Records + counts.Records, false);
            }

            await RollUpAsync(index, rollUp, cancellation).ConfigureAwait(false);
            await _memories.PrepareAsync(_time.GetUtcNow(), cancellation).ConfigureAwait(false);
            // It publishes by itself; the next run then finds another manifest and begins from what stands there.
            await new Retention.StoreRetention(_store.Root, _options.Retention, _pipeline, _options.TemporaryFolder)
                .RunDueAsync(_time.GetUtcNow(), cancellation)
                .ConfigureAwait(false);
            return total;
        }
        catch (StorageException) when (_index is { } index)
        {
            // What the decider was told of may not have been published. It goes before the question is asked: that may fail, too.
            _index = null;
            using (index)
            {
                if (await index.Stage.IsCurrentAsync(cancellation).ConfigureAwait(false))
                    throw;
            }

            return total with { Fenced = true };
        }
        catch
        {
            Drop();
            throw;
        }
    }

    private async Task<LiveIndex> LoadAsync(CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        if (_index is not null && !await _index.Stage.IsCurrentAsync(cancellation).ConfigureAwait(false))
            Drop();
        _index ??= await LiveIndex.OpenAsync(
            await _store.RunAsync(cancellation).ConfigureAwait(false), _pipeline, _options.TemporaryFolder, cancellation).ConfigureAwait(false);
        _metrics.IndexLoad(_time.GetElapsedTime(started));
        return _index;
    }

    private async Task<PublishCounts> PublishAsync(LiveIndex index, IReadOnlyList<InboxItem> items, CancellationToken cancellation)
    {
        var articles = await _inbox.ArticlesAsync(index, items, cancellation).ConfigureAwait(false);
        var counts = default(PublishCounts);
        if (articles.Count > 0)
        {
            var wasRebuilt = index.Stage.Rebuilt is not null;
            await index.Stage.AddAsync(articles, cancellation).ConfigureAwait(false);
            if (!wasRebuilt && index.Stage.Rebuilt is not null)
                _metrics.IndexRebuilt();
            counts = await index.Stage.PublishAsync(StoreNames.Day(items.Max(i => i.At)), cancellation, rollUp: false).ConfigureAwait(false);
            foreach (var article in articles)
            {
                if (index.Book.Find(article.Document.Id) is { } decided)
                    _metrics.Decisions(decided.Decision.Kind);
            }
        }

        await CountAsync(items, cancellation).ConfigureAwait(false);
        foreach (var item in items)
            await _store.Root.DeleteAsync(item.Name, null, cancellation).ConfigureAwait(false);
        return counts;
    }

    private async Task CountAsync(IReadOnlyList<InboxItem> items, CancellationToken cancellation)
    {
        var stored = await _store.Root.ReadAsync(StoreNames.Ledger, cancellation).ConfigureAwait(false);
        var ledger = (stored is null ? LiveLedger.Empty : LiveLedger.Read(stored.Content.Span)).Count(items).ToJson();
        var written = await _store.Root.SwapAsync(StoreNames.Ledger, ledger, stored?.ETag, cancellation).ConfigureAwait(false);
        if (!written.Written)
            throw new StorageException($"{_store.Root.Location}: another run is writing {StoreNames.Ledger}. The next run goes on from there.");
    }

    private async Task RollUpAsync(LiveIndex index, bool now, CancellationToken cancellation)
    {
        if (!now && _rolledUp is { } last && _time.GetUtcNow() - last < RollUpEvery)
            return;
        await index.Stage.RollUpAsync(cancellation).ConfigureAwait(false);
        _rolledUp = _time.GetUtcNow();
    }

    private void Drop()
    {
        _index?.Dispose();
        _index = null;
    }
}
