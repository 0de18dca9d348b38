using IngestPipeline.Feeds;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Fetching;
using IngestPipeline.Hosting;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// Polls a feed: conditional fetch and capture, entries accepted, and the feed's state saved last, so that validators never run ahead of work that
/// is durable. A poll whose worker died is accepted from its capture.
/// </summary>
public sealed class ReadFeed
{
    private static readonly TimeSpan Early = TimeSpan.FromMilliseconds(500);

    private readonly LiveStore _store;
    private readonly LiveFeeds _feeds;
    private readonly LiveQueues _queues;
    private readonly FeedPoller _poller;
    private readonly HistoryPoller _history;
    private readonly FeedCredentials _credentials;
    private readonly PollAcceptance _acceptance;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;
    private readonly IngestMetrics _metrics;
    private readonly FeedStates _states;
    private readonly DueList _due;
    private readonly CaptureLookup _captures;
    private readonly WorkClaims _claims;

    /// <summary>Wires the stage.</summary>
    public ReadFeed(
        LiveStore store, LiveFeeds feeds, LiveQueues queues, FeedPoller poller, HistoryPoller history, ArticleIngest ingest, FeedCredentials credentials,
        LiveOptions options,
        PipelineOptions pipeline, WorkClaims claims, TimeProvider time, IngestMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(queues);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(pipeline);
        (_store, _feeds, _queues, _poller, _history, _credentials, _options, _claims, _time, _metrics) =
            (store, feeds, queues, poller, history, credentials, options, claims, time, metrics);
        var entries = new EntryAcceptance(store.Root, new(store.Root), new(store.Root, StoreNames.Pending), queues.Articles, ingest, options);
        _acceptance = new(store.Root, entries, options, pipeline, time, metrics);
        _states = new(store.Root);
        _due = new(store.Root);
        _captures = new(store.Root, options.TemporaryFolder);
    }

    /// <summary>Handles a message. When it returns the message may be deleted.</summary>
    public async Task ProcessAsync(FeedMessage message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var activity = TraceContext.Start(nameof(ReadFeed), message.Trace);
        await _metrics.StageAsync(nameof(ReadFeed), _time, () => ReadAsync(message, cancellation)).ConfigureAwait(false);
    }

    private async Task ReadAsync(FeedMessage message, CancellationToken cancellation)
    {
        var feeds = await _feeds.ReadAsync(cancellation).ConfigureAwait(false);
        if (!feeds.TryGetValue(message.Feed, out var feed) || !feed.Enabled)
            return;

        var (state, etag) = await _states.ReadAsync(feed.Id, cancellation).ConfigureAwait(false);
        state ??= FeedState.Of(feed);
        var now = _time.GetUtcNow();
        if (state.Health == FeedHealth.Stopped)
        {
            await _due.MoveAsync(feed.Id, message.Marker, now.AddDays(30), cancellation).ConfigureAwait(false);
            return;
        }

        if (state.IsAhead(now))
            state = state with { NextPoll = now, History = state.History is { } history ? history with { NotBefore = now } : null };

        // Another message did it, or it is not time yet: one poll a feed, however many timers fired.
        if (state.DueAt > now + Early)
        {
            await _due.MoveAsync(feed.Id, message.Marker, state.DueAt.Value, cancellation).ConfigureAwait(false);
            return;
        }

        var claimed = state with { ClaimedAt = _claims.Make(), WorkedSince = state.WorkedSince ?? now };
        if (_claims.Binds(state.ClaimedAt) || await _states.WriteAsync(claimed, etag, cancellation).ConfigureAwait(false) is not { Written: true } claim)
        {
            // Should its worker die, the marker that stands for this message brings the feed up again.
            return;
        }

        try
        {
            if (feed.HasCap)
                state = state with { Pages = await FeedCaps.ReadAsync(_store.Root, feed.Id, cancellation).ConfigureAwait(false) };
            if (state.WorkedSince is { } unaccounted)
                await AcceptCapturedAsync(feed, state, unaccounted, now, cancellation).ConfigureAwait(false);
            var until = claimed.ClaimedAt!.Value + _options.Keep;
            var isHistory = state.NextPoll > now + Early;
            await (isHistory ? ReadHistoryAsync(message, feeds, feed, state, claim.ETag!, until, cancellation) : PollAsync(message, feed, state, claim.ETag!, until, cancellation)).ConfigureAwait(false);
        }
        catch
        {
            await ReleaseAsync(claimed, claim.ETag!).ConfigureAwait(false);
            throw;
        }
    }

    private async Task PollAsync(FeedMessage message, FeedSettings feed, FeedState state, string etag, DateTimeOffset until, CancellationToken cancellation)
    {
        var credential = _credentials.Of(feed);
        if (credential.Problem is { } missing)
        {
            var asleep = state with { Health = FeedHealth.Failing, Problem = missing, NextPoll = _time.GetUtcNow().AddHours(1) };
            await SaveAsync(message, state, asleep, etag, null, cancellation).ConfigureAwait(false);
            return;
        }

        var polled = await _poller.Until(until).PollAsync(feed, state, credential.Headers, cancellation).ConfigureAwait(false);
        _metrics.Poll(polled.Kind);
        var accepted = polled is { Document: { IsFeed: true } document, Feed: { } source, Captured: { } captured }
            ? await _acceptance.AcceptAsync(feed, feed.Id, source, captured, document, polled.State, cancellation).ConfigureAwait(false)
            : null;
        var arrivals = accepted?.Arrivals ?? [];
        var next = polled.NextState(arrivals);
        if (polled.Kind is PollKind.Read or PollKind.Same or PollKind.NotModified)
            next = FeedHistory.Begin(next, feed, accepted?.LastGap, polled.Polled, polled.Options);
        if (polled.Kind != PollKind.Deferred)
            _metrics.Fetch(polled.Kind, isFeed: true, polled.State.Bytes - (state.UsageDay == polled.State.UsageDay ? state.Bytes : 0));
        // A host's turn comes within seconds: that does not wait for the next timer, and the marker stands for the message that does not either.
        var now = _time.GetUtcNow();
        var isSoon = polled is { Kind: PollKind.Deferred, NotBefore: { } turn } && turn - now < _options.Overdue;
        var lost = DueList.Minute(now + _options.Overdue);
        await SaveAsync(message, state, next, etag, isSoon ? lost : null, cancellation).ConfigureAwait(false);
        if (isSoon)
            await SendAsync(
                message with { Marker = lost }, polled.NotBefore > now ? polled.NotBefore.Value - now : TimeSpan.Zero, cancellation).ConfigureAwait(false);
    }

    /// <summary>Reads one earlier document of the feed.</summary>
    private async Task ReadHistoryAsync(
        FeedMessage message, IReadOnlyDictionary<string, FeedSettings> feeds, FeedSettings feed, FeedState state, string etag, DateTimeOffset until,
        CancellationToken cancellation)
    {
        var id = ArticleUrl.TryCreate(state.History!.Page)?.Id;
        // An address that is no page's, or a feed that is polled by itself.
        if (id is null || feeds.ContainsKey(id))
        {
            await SaveAsync(message, state, state with { History = null }, etag, null, cancellation).ConfigureAwait(false);
            return;
        }

        var read = await _history.Until(until).ReadAsync(feed, state, _credentials.Of(feed).Headers, cancellation).ConfigureAwait(false);
        if (read is { Document: { } document, Feed: { } source })
            await _acceptance.AcceptAsync(feed, id, source, read.Captured, document, read.State, cancellation).ConfigureAwait(false);
        var entries = await _acceptance.EntriesAsync(feed.Id, cancellation).ConfigureAwait(false);
        var isKnown = read.Document is { } shown && _acceptance.ClosesGap(entries, shown);
        // A gap that opened while this reading was under way: the feed may not change again and say so.
        var next = FeedHistory.Begin(read.NextState(isKnown), feed, entries.LastGap, _time.GetUtcNow(), read.Options);
        await SaveAsync(message, state, next, etag, null, cancellation).ConfigureAwait(false);
    }

    private async Task SaveAsync(FeedMessage message, FeedState before, FeedState next, string etag, DateTimeOffset? due, CancellationToken cancellation)
    {
        next = next with { ClaimedAt = null, WorkedSince = null };
        if (!await _states.SaveAsync(next, etag, cancellation).ConfigureAwait(false))
            return;
        if (next.Health != before.Health)
            _metrics.HealthChanged(next.FeedId, next.Health);
        await _due.MoveAsync(next.FeedId, message.Marker, due ?? next.DueAt ?? _time.GetUtcNow().AddDays(30), cancellation).ConfigureAwait(false);
    }

    /// <summary>Accepts the polls that a dead worker captured, in their order, as a replay will.</summary>
    private async Task AcceptCapturedAsync(FeedSettings feed, FeedState state, DateTimeOffset since, DateTimeOffset now, CancellationToken cancellation)
    {
        var span = await _captures.OpenAsync(since, now, cancellation).ConfigureAwait(false);
        if (span is null)
            return;
        await using (span.ConfigureAwait(false))
        {
            await AcceptCapturedAsync(span, feed, feed.Id, state.Url, state, since, cancellation).ConfigureAwait(false);
            if (state.History?.Page is { } page && ArticleUrl.TryCreate(page) is { } document)
                await AcceptCapturedAsync(span, feed, document.Id, page, state, since, cancellation).ConfigureAwait(false);
        }
    }

    private async Task AcceptCapturedAsync(
        CapturedSpan span, FeedSettings feed, string id, Uri asked, FeedState state, DateTimeOffset since, CancellationToken cancellation)
    {
        for (var asOf = since; await span.FetchAsync(asked, asOf, PageFetcher.MaxFeedBytes, cancellation).ConfigureAwait(false) is { Captured: { } captured } fetched; asOf = captured.AddTicks(1))
        {
            if (fetched.Status != FetchStatus.Fetched)
                continue;
            var url = fetched.FinalUrl ?? asked;
            var document = new FeedReader().Read(fetched.Body, new(url, fetched.ContentType, fetched.ContentLocation, fetched.ContentLanguage));
            if (!document.IsFeed)
                continue;
            var source = ArticleFeed.Of(url.AbsoluteUri, document.Feed);
            await _acceptance.AcceptAsync(feed, id, source, captured, document, state, cancellation).ConfigureAwait(false);
        }
    }

    private async Task ReleaseAsync(FeedState claimed, string etag)
    {
        try
        {
            await _states.SaveAsync(claimed with { ClaimedAt = null }, etag, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Storage.StorageException)
        {
            // The claim runs out by itself.
        }
    }

    private Task SendAsync(FeedMessage message, TimeSpan delay, CancellationToken cancellation) =>
        _queues.Feeds.SendAsync(MessageJson.Write(message with { Trace = TraceContext.Current ?? message.Trace }), delay, cancellation);
}
