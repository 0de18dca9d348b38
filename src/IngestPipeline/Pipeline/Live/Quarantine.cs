using IngestPipeline.Feeds.Polling;
using IngestPipeline.Hosting;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>Sets aside messages that the platform gave up, with the reason, and puts them back when asked.</summary>
public sealed class Quarantine
{
    private readonly LiveStore _store;
    private readonly LiveQueues _queues;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;
    private readonly IngestMetrics _metrics;
    private readonly ArticleStates _states;
    private readonly FeedStates _feeds;
    private readonly DueMarkers _pending;

    /// <summary>Wires the stage.</summary>
    public Quarantine(LiveStore store, LiveQueues queues, LiveOptions options, TimeProvider time, IngestMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(store);
        (_store, _queues, _options, _time, _metrics) = (store, queues, options, time, metrics);
        _states = new(store.Root);
        _feeds = new(store.Root);
        _pending = new(store.Root, StoreNames.Pending);
    }

    /// <summary>Sets a message aside; its article ends as quarantined. When it returns the message may be deleted.</summary>
    /// <param name="queue">The queue's name, without <c>-poison</c>.</param>
    /// <param name="body">The message.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public async Task TakeAsync(string queue, string body, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(queue);
        ArgumentNullException.ThrowIfNull(body);
        var reason = $"it failed {_options.MaxDeliveries} times; the log says how";
        try
        {
            if (queue == _queues.Articles.Name)
                await TakeArticleAsync(MessageJson.Article(body), body, reason, cancellation).ConfigureAwait(false);
            else
                await TakeOtherAsync(queue, body, reason, cancellation).ConfigureAwait(false);
        }
        catch (FormatException e)
        {
            await WriteAsync(queue, body, e.Message, [], cancellation).ConfigureAwait(false);
        }

        _metrics.Quarantined(queue);
    }

    /// <summary>What was set aside, by queue.</summary>
    public async IAsyncEnumerable<QuarantinedMessage> ListAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var item in _store.Root.ListAsync(StoreNames.Quarantine, cancellation).ConfigureAwait(false))
        {
            if (await ShowAsync(item.Name, cancellation).ConfigureAwait(false) is { } message)
                yield return message;
        }
    }

    /// <summary>One message that was set aside; null when there is none of that name.</summary>
    public Task<QuarantinedMessage?> ShowAsync(string name, CancellationToken cancellation) => QuarantineFiles.ReadAsync(_store.Root, name, cancellation);

    /// <summary>Puts a message back into its queue: an article's requests are made again. False when there is none of that name.</summary>
    public async Task<bool> RetryAsync(string name, CancellationToken cancellation)
    {
        if (await ShowAsync(name, cancellation).ConfigureAwait(false) is not { } message)
            return false;
        if (message.Queue == _queues.Articles.Name && message.Requests.Count > 0)
            await RetryArticleAsync(MessageJson.Article(message.Body).Article, message, cancellation).ConfigureAwait(false);
        else if (_queues.Find(message.Queue) is { } queue)
            await queue.SendAsync(message.Body, TimeSpan.Zero, cancellation).ConfigureAwait(false);
        else
            return false;
        await _store.Root.DeleteAsync(name, null, cancellation).ConfigureAwait(false);
        return true;
    }

    private async Task TakeArticleAsync(ArticleMessage message, string body, string reason, CancellationToken cancellation)
    {
        var (state, _) = await _states.ReadAsync(message.Article, cancellation).ConfigureAwait(false);
        if (state is not { Pending.Count: > 0 })
        {
            await WriteAsync(_queues.Articles.Name, body, state?.Problem ?? reason, [], cancellation).ConfigureAwait(false);
            return;
        }

        reason = state.Problem ?? reason;
        await WriteAsync(_queues.Articles.Name, body, reason, [.. state.Pending.Select(p => p.Request)], cancellation).ConfigureAwait(false);
        foreach (var request in state.Pending)
        {
            var item = new InboxItem(state.Id, request.Number, request.AsOf, Disposition.Quarantined, null, 0);
            await _store.Root.CreateAsync(item.Name, item.ToJson(), cancellation).ConfigureAwait(false);
        }

        var ended = new HashSet<int>(state.Pending.Select(p => p.Number));
        string? marker = null;
        await _states.ChangeAsync(
            state.Id,
            before =>
            {
                var after = before!.Pending.Where(p => ended.Contains(p.Number)).Aggregate(before, (s, p) => s.End(p, Disposition.Quarantined, reason));
                marker = after.Pending.Count == 0 ? after.Marker : null;
                return after.Pending.Count == 0 ? after with { ClaimedAt = null, WorkedSince = null, DueAt = null, Marker = null } : after;
            },
            cancellation).ConfigureAwait(false);
        if (marker is not null)
            await _pending.DeleteAsync(marker, cancellation).ConfigureAwait(false);
    }

    private async Task TakeOtherAsync(string queue, string body, string reason, CancellationToken cancellation)
    {
        if (queue == _queues.Feeds.Name)
        {
            // The feed itself stays in the list of due ones: it is tried again when its marker says so.
            var (state, etag) = await _feeds.ReadAsync(MessageJson.Feed(body).Feed, cancellation).ConfigureAwait(false);
            if (state is not null)
                await _feeds.SaveAsync(
                    state with { Health = FeedHealth.Failing, Problem = reason, ClaimedAt = null }, etag, cancellation).ConfigureAwait(false);
        }

        await WriteAsync(queue, body, reason, [], cancellation).ConfigureAwait(false);
    }

    private async Task RetryArticleAsync(string id, QuarantinedMessage message, CancellationToken cancellation)
    {
        var key = EntryRules.Hash(message.Name, RecordJson.Time(message.At));
        var now = _time.GetUtcNow();
        var state = await _states.ChangeAsync(
            id,
            before => before is not null && message.Requests.All(r => before.Knows(r.AsOf!.Value, r.Feed?.Url ?? "", key))
                ? null
                : message.Requests.Aggregate(before ?? new ArticleState { Id = id }, (s, r) => s.With(RequestKind.Retry, key, r)).Listed(now, _options.Overdue),
            cancellation).ConfigureAwait(false);
        if (state is not { Marker: { } marker })
            return;
        await _pending.CreateAsync(marker, cancellation).ConfigureAwait(false);
        await _queues.Articles.SendAsync(
            MessageJson.Write(new ArticleMessage(MessageJson.Version, id, TraceContext.Current)), TimeSpan.Zero, cancellation).ConfigureAwait(false);
    }

    private Task WriteAsync(string queue, string body, string reason, IReadOnlyList<ArticleRequest> requests, CancellationToken cancellation) =>
        QuarantineFiles.WriteAsync(_store.Root, queue, body, reason, _time.GetUtcNow(), requests, cancellation);
}
