using System.Diagnostics;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Backfill;
using IngestPipeline.Queues;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// The timer that sets work going: feeds that are due, pages to look at again, and pending work whose message seems lost. Running twice at once,
/// late or not for hours does no harm: markers move, and what is queued twice is absorbed.
/// </summary>
public sealed class PollFeeds
{
    private static readonly TimeSpan LookAtAll = TimeSpan.FromHours(1);

    private readonly LiveStore _store;
    private readonly LiveFeeds _feeds;
    private readonly LiveQueues _queues;
    private readonly LiveOptions _options;
    private readonly PollOptions _polling;
    private readonly TimeProvider _time;
    private readonly IngestMetrics _metrics;
    private readonly DueList _due;
    private readonly FeedStates _polls;
    private readonly ArticleStates _states;
    private readonly DueMarkers _pending;
    private readonly DueMarkers _rechecks;
    private readonly BackfillSweep _backfills;
    private IReadOnlyDictionary<string, FeedSettings>? _listed;
    private DateTimeOffset _listedAt;

    /// <summary>Wires the stage.</summary>
    public PollFeeds(LiveStore store, LiveFeeds feeds, LiveQueues queues, LiveOptions options, PollOptions polling, TimeProvider time, IngestMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(queues);
        (_store, _feeds, _queues, _options, _polling, _time, _metrics) = (store, feeds, queues, options, polling, time, metrics);
        _due = new(store.Root);
        _polls = new(store.Root);
        _states = new(store.Root);
        _pending = new(store.Root, StoreNames.Pending);
        _rechecks = new(store.Root, StoreNames.Rechecks);
        _backfills = new(store.Root, queues.Replays, time);
    }

    /// <summary>Looks once.</summary>
    /// <returns>How many messages were sent.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        using var activity = TraceContext.Start(nameof(PollFeeds), kind: ActivityKind.Internal);
        return await _metrics.StageAsync(nameof(PollFeeds), _time, () => LookAsync(cancellation)).ConfigureAwait(false);
    }

    private async Task<int> LookAsync(CancellationToken cancellation)
    {
        await _store.ConfirmAsync(cancellation).ConfigureAwait(false);
        var sent = await SendDueAsync(cancellation).ConfigureAwait(false);
        sent += await RecheckAsync(cancellation).ConfigureAwait(false);
        sent += await SweepAsync(cancellation).ConfigureAwait(false);
        foreach (var queue in (IWorkQueue[])[_queues.Feeds, _queues.Articles, _queues.Replays, .. _queues.Poison])
            _metrics.QueueDepth(queue.Name, await queue.DepthAsync(cancellation).ConfigureAwait(false));
        return sent;
    }

    private async Task<int> SendDueAsync(CancellationToken cancellation)
    {
        var feeds = await _feeds.ReadAsync(cancellation).ConfigureAwait(false);
        var now = _time.GetUtcNow();
        // Only another list of feeds makes feeds without a marker; that a marker was lost is noticed within the hour. Else those that are due are enough,
        // and they come first.
        var isWhole = !ReferenceEquals(feeds, _listed) || now < _listedAt || now - _listedAt >= LookAtAll;
        var markers = new Dictionary<string, DueFeed>(StringComparer.Ordinal);
        var due = new List<DueFeed>();
        await foreach (var marker in (isWhole ? _due.AllAsync(cancellation) : _due.DueAsync(now, cancellation)).ConfigureAwait(false))
        {
            if (!feeds.TryGetValue(marker.FeedId, out var feed) || !feed.Enabled)
            {
                await _due.RemoveAsync(marker, cancellation).ConfigureAwait(false);
                continue;
            }

            // Two markers are what a crash left: the earlier one counts, and the state settles it.
            if (!markers.TryAdd(marker.FeedId, marker))
                await _due.RemoveAsync(marker, cancellation).ConfigureAwait(false);
            else if (marker.At <= now
                || (isWhole && marker.At > now + _polling.Ceiling && await IsAheadAsync(marker.FeedId, now, cancellation).ConfigureAwait(false)))
                due.Add(marker);
        }

        var fresh = isWhole ? feeds.Values.Where(f => f.Enabled && !markers.ContainsKey(f.Id)).ToList() : [];
        foreach (var feed in fresh)
        {
            var first = PollSchedule.First(feed.Id, now, fresh.Count, _polling);
            // Rounded up, now would be up to a minute away for whoever comes after one that died before it sent the message.
            var at = first > now ? DueList.Minute(first) : DueList.Minute(now.AddMinutes(-1));
            await _due.MoveAsync(feed.Id, null, at, cancellation).ConfigureAwait(false);
            if (at <= now)
                due.Add(new(feed.Id, at));
        }

        if (isWhole)
        {
            await _backfills.RunAsync(cancellation).ConfigureAwait(false);
            (_listed, _listedAt) = (feeds, now);
        }

        foreach (var feed in due)
        {
            // The marker moves on to when the message would count as lost.
            var lost = DueList.Minute(now + _options.Overdue);
            var message = new FeedMessage(MessageJson.Version, feed.FeedId, TraceContext.Current) { Marker = lost };
            await _queues.Feeds.SendAsync(MessageJson.Write(message), TimeSpan.Zero, cancellation).ConfigureAwait(false);
            await _due.MoveAsync(feed.FeedId, feed.At, lost, cancellation).ConfigureAwait(false);
        }

        return due.Count;
    }

    // Few feeds wait for longer than their rhythm leads to.
    private async Task<bool> IsAheadAsync(string feedId, DateTimeOffset now, CancellationToken cancellation) =>
        (await _polls.ReadAsync(feedId, cancellation).ConfigureAwait(false)).State is { } state && state.IsAhead(now);

    private async Task<int> RecheckAsync(CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        var sent = 0;
        await foreach (var key in _rechecks.DueAsync(now, cancellation).ConfigureAwait(false))
        {
            var id = DueMarkers.IdOf(key);
            var state = await _states.ChangeAsync(
                id,
                before => before is { RecheckOf: { } request } && before.RecheckMarker == key
                    ? (before with { RecheckMarker = null }).With(RequestKind.Recheck, key, request with { AsOf = now }).Listed(now, _options.Overdue)
                    : null,
                cancellation).ConfigureAwait(false);
            if (state is { Marker: { } marker } && state.Pending.Any(p => p.EntryHash == key))
            {
                await _pending.CreateAsync(marker, cancellation).ConfigureAwait(false);
                await SendAsync(id, cancellation).ConfigureAwait(false);
                sent++;
            }

            await _rechecks.DeleteAsync(key, cancellation).ConfigureAwait(false);
        }

        return sent;
    }

    private async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        var sent = 0;
        await foreach (var key in _pending.DueAsync(now, cancellation).ConfigureAwait(false))
        {
            var id = DueMarkers.IdOf(key);
            var isOverdue = false;
            string? moved = null;
            var state = await _states.ChangeAsync(
                id,
                before =>
                {
                    (isOverdue, moved) = (false, null);
                    if (before is null || before.Marker != key || before.Pending.Count == 0)
                        return null;
                    var due = before.DueAt is { } at && at > now ? at : now;
                    isOverdue = before.DueAt is null || before.DueAt + _options.Overdue <= now;
                    moved = DueMarkers.Key((isOverdue ? now : due) + _options.Overdue, id, before.Requests);
                    return before with { Marker = moved };
                },
                cancellation).ConfigureAwait(false);
            if (moved is not null)
                await _pending.CreateAsync(moved, cancellation).ConfigureAwait(false);
            else if (state is not null)
                await ListAsync(state, cancellation).ConfigureAwait(false);
            if (isOverdue)
            {
                await SendAsync(id, cancellation).ConfigureAwait(false);
                sent++;
            }

            if (moved != key)
                await _pending.DeleteAsync(key, cancellation).ConfigureAwait(false);
        }

        return sent;
    }

    // Whoever left this marker changed the ledger and died before the markers that the ledger names were made.
    private async Task ListAsync(ArticleState state, CancellationToken cancellation)
    {
        if (state is { Marker: { } marker, Pending.Count: > 0 })
            await _pending.CreateAsync(marker, cancellation).ConfigureAwait(false);
        if (state.RecheckMarker is { } recheck)
            await _rechecks.CreateAsync(recheck, cancellation).ConfigureAwait(false);
    }

    private Task SendAsync(string id, CancellationToken cancellation) =>
        _queues.Articles.SendAsync(MessageJson.Write(new ArticleMessage(MessageJson.Version, id, TraceContext.Current)), TimeSpan.Zero, cancellation);
}
