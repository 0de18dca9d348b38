using System.Diagnostics;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Backfill;
using IngestPipeline.Queues;

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
    private readonly ArticleSweep _articles;
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
        _articles = new(store.Root, queues.Articles, options.Overdue, time);
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
        sent += await _articles.RunAsync(cancellation).ConfigureAwait(false);
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
}
