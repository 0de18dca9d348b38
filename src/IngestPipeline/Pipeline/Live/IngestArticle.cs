using IngestPipeline.Archive;
using IngestPipeline.Fetching;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Forgetting;
using IngestPipeline.Pipeline.Learning;
using IngestPipeline.Pipeline.Pages;
using IngestPipeline.Queues;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// Works on an article's pending requests: fetch and capture, then the article, the inbox, the ledger, and the marker last. One worker at a time
/// has an article; what a dead one captured is made good from the capture.
/// </summary>
public sealed class IngestArticle
{
    private readonly LiveStore _store;
    private readonly IWorkQueue _queue;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;
    private readonly IngestMetrics _metrics;
    private readonly ArticleStates _states;
    private readonly DueMarkers _pending;
    private readonly DueMarkers _rechecks;
    private readonly PageAnswers _answers;
    private readonly WaitTimes _waits;
    private readonly ArticleWork _work;
    private readonly WorkClaims _claims;

    /// <summary>Wires the stage.</summary>
    public IngestArticle(
        LiveStore store, LiveFeeds feeds, LiveQueues queues, ArticleIngest ingest, SiteMemories memories, LiveOptions options, WorkClaims claims,
        TimeProvider time, IngestMetrics metrics)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(queues);
        ArgumentNullException.ThrowIfNull(options);
        (_store, _queue, _options, _claims, _time, _metrics) = (store, queues.Articles, options, claims, time, metrics);
        _states = new(store.Root);
        _pending = new(store.Root, StoreNames.Pending);
        _rechecks = new(store.Root, StoreNames.Rechecks);
        _answers = new(store, new(store.Root, feeds, time), ingest, options, time, metrics);
        _waits = new(options, time);
        _work = new(store, ingest, memories, options);
    }

    /// <summary>Handles a message. When it returns the message may be deleted: what is left to do has a message of its own.</summary>
    public async Task ProcessAsync(ArticleMessage message, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        using var activity = TraceContext.Start(nameof(IngestArticle), message.Trace);
        await _metrics.StageAsync(nameof(IngestArticle), _time, () => WorkAsync(message.Article, cancellation)).ConfigureAwait(false);
    }

    private async Task WorkAsync(string id, CancellationToken cancellation)
    {
        var (state, etag) = await _states.ReadAsync(id, cancellation).ConfigureAwait(false);
        if (state is null || state.Pending.Count == 0)
            return;
        if (await Tombstones.HoldAsync(_store.Root, id, cancellation).ConfigureAwait(false))
        {
            await new ForgottenWork(_store.Root).EndAsync(id, cancellation).ConfigureAwait(false);
            return;
        }

        var now = _claims.Make();
        var claimed = state with { ClaimedAt = now, WorkedSince = state.WorkedSince ?? _time.GetUtcNow() };
        if (_claims.Binds(state.ClaimedAt) || await _states.SaveAsync(claimed, etag, cancellation).ConfigureAwait(false) is null)
        {
            // Should its worker die, this message stands in for the one that it had.
            await SendAsync(id, _options.Claim, cancellation).ConfigureAwait(false);
            return;
        }

        try
        {
            await WorkAsync(claimed, state.WorkedSince, now, cancellation).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            await ReleaseAsync(id, now, e).ConfigureAwait(false);
            throw;
        }
    }

    private async Task WorkAsync(ArticleState state, DateTimeOffset? unaccounted, DateTimeOffset claim, CancellationToken cancellation)
    {
        while (state.Pending is [var head, ..])
        {
            var reading = head.Request.Fetch is null ? null : await _answers.ReadAsync(state, head, unaccounted, cancellation).ConfigureAwait(false);
            var fetched = reading?.Fetched;
            if (fetched is { Status: FetchStatus.Deferred })
            {
                await PutOffAsync(state, claim, _waits.Turn(state, fetched), s => s with { Deferrals = s.Deferrals + 1 }, cancellation).ConfigureAwait(false);
                return;
            }

            var attempt = fetched is null
                ? null
                : new FetchAttempt(head.Request.Fetch!.AbsoluteUri, fetched.Captured ?? _time.GetUtcNow(), fetched.Status == FetchStatus.Unavailable);
            if (attempt is { IsTransient: true } && WaitTimes.Failures(state.With(attempt), head) is var failures && failures < WebArchive.Attempts)
            {
                await PutOffAsync(state, claim, _waits.Backoff(head, failures, fetched!), s => s.With(attempt), cancellation).ConfigureAwait(false);
                return;
            }

            var ends = new List<EndedWork>();
            var seen = state;
            foreach (var request in state.Pending.Where(p => p == head || Shares(p, head, attempt)))
            {
                var end = await _work.EndAsync(seen, request, reading, cancellation).ConfigureAwait(false);
                ends.Add(end);
                seen = end.On(seen);
            }

            if (await AccountAsync(state.Id, claim, attempt, ends, cancellation).ConfigureAwait(false) is not { } next)
                return;
            state = next;
            unaccounted = null;
        }
    }

    // Another request for the same address that was made before the answer came has the same answer in a replay.
    private static bool Shares(PendingRequest request, PendingRequest head, FetchAttempt? attempt) =>
        attempt is { IsTransient: false } && request.Request.Fetch?.AbsoluteUri == head.Request.Fetch!.AbsoluteUri && request.AsOf <= attempt.Captured;

    /// <summary>Accounts for what ended; null when another worker has taken the article over, or nothing is left to do.</summary>
    private async Task<ArticleState?> AccountAsync(string id, DateTimeOffset claim, FetchAttempt? attempt, List<EndedWork> ends, CancellationToken cancellation)
    {
        string? marker = null;
        var isOurs = false;
        var state = await _states.ChangeAsync(
            id,
            before =>
            {
                isOurs = before is not null && before.ClaimedAt == claim;
                if (!isOurs)
                    return null;
                var after = ends.Aggregate(attempt is null ? before! : before!.With(attempt), (s, e) => e.On(s)) with { Deferrals = 0 };
                marker = after.Pending.Count == 0 ? after.Marker : null;
                after = after.Pending.Count == 0 ? after with { ClaimedAt = null, WorkedSince = null, DueAt = null, Marker = null } : after;
                return NextRecheck(after) is { } recheck ? after with { RecheckMarker = recheck } : after;
            },
            cancellation).ConfigureAwait(false);
        if (!isOurs || state is null)
            return null;

        foreach (var end in ends)
            Count(end);
        if (state.RecheckMarker is { } due)
            await _rechecks.CreateAsync(due, cancellation).ConfigureAwait(false);
        if (marker is not null)
            await _pending.DeleteAsync(marker, cancellation).ConfigureAwait(false);
        return state.Pending.Count == 0 ? null : state;
    }

    private string? NextRecheck(ArticleState state) =>
        state is { RecheckMarker: null, RecheckOf: { AsOf: { } from } }
            && state.Rechecks < _options.Rechecks.Count
            && !state.Pending.Any(p => p.Kind == RequestKind.Recheck)
            ? DueMarkers.Key(from + _options.Rechecks[state.Rechecks], state.Id, state.Requests)
            : null;

    private void Count(EndedWork end)
    {
        _metrics.Article(end.Disposition);
        if (end is not { Revision: not null, Article: { } article })
            return;
        _metrics.Stripped(article.Removed.Sum(r => (long)r.Text.Length), article.Text.Length);
        if (article.Metadata.Published is { Source: not ArticleBuilder.CapturedSource } published)
            _metrics.RecordLatency(published.Value.Instant, _time.GetUtcNow());
    }

    // The ledger first: a message that comes twice finds the same state. The handled message is deleted by the caller, after this.
    private async Task PutOffAsync(
        ArticleState state, DateTimeOffset claim, TimeSpan wait, Func<ArticleState, ArticleState> change, CancellationToken cancellation)
    {
        var due = _time.GetUtcNow() + wait;
        await _states.ChangeAsync(
            state.Id,
            before => before is null || before.ClaimedAt != claim ? null : change(before) with { ClaimedAt = null, WorkedSince = null, DueAt = due },
            cancellation).ConfigureAwait(false);
        await SendAsync(state.Id, wait, cancellation).ConfigureAwait(false);
    }

    // What was captured stays unaccounted for until the next worker has looked.
    private async Task ReleaseAsync(string id, DateTimeOffset claim, Exception problem)
    {
        try
        {
            await _states.ChangeAsync(
                id,
                before => before is null || before.ClaimedAt != claim ? null : before with
                {
                    ClaimedAt = null,
                    Problem = problem is OperationCanceledException ? before.Problem : SafeText.Of($"{problem.GetType().Name}: {problem.Message}"),
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (Storage.StorageException)
        {
            // The claim runs out by itself.
        }
    }

    private Task SendAsync(string id, TimeSpan delay, CancellationToken cancellation) =>
        _queue.SendAsync(MessageJson.Write(new ArticleMessage(MessageJson.Version, id, TraceContext.Current)), delay, cancellation);
}
