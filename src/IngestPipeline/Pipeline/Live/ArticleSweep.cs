using IngestPipeline.Hosting;
using IngestPipeline.Queues;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>Sends articles to work that no feed sends: pages to look at again, and pending work whose message seems lost.</summary>
/// <param name="store">The store's root.</param>
/// <param name="queue">The queue of articles.</param>
/// <param name="overdue">How long after its time a message counts as lost.</param>
/// <param name="time">The clock.</param>
internal sealed class ArticleSweep(IBlobStore store, IWorkQueue queue, TimeSpan overdue, TimeProvider time)
{
    private readonly ArticleStates _states = new(store);
    private readonly DueMarkers _pending = new(store, StoreNames.Pending);
    private readonly DueMarkers _rechecks = new(store, StoreNames.Rechecks);

    /// <summary>Looks once.</summary>
    /// <returns>How many messages were sent.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation) =>
        await RecheckAsync(cancellation).ConfigureAwait(false) + await SweepAsync(cancellation).ConfigureAwait(false);

    private async Task<int> RecheckAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var sent = 0;
        await foreach (var key in _rechecks.DueAsync(now, cancellation).ConfigureAwait(false))
        {
            var id = DueMarkers.IdOf(key);
            var state = await _states.ChangeAsync(
                id,
                before => before is { RecheckOf: { } request } && before.RecheckMarker == key
                    ? (before with { RecheckMarker = null }).With(RequestKind.Recheck, key, request with { AsOf = now }).Listed(now, overdue)
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
        var now = time.GetUtcNow();
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
                    isOverdue = before.DueAt is null || before.DueAt + overdue <= now;
                    moved = DueMarkers.Key((isOverdue ? now : due) + overdue, id, before.Requests);
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
        queue.SendAsync(MessageJson.Write(new ArticleMessage(MessageJson.Version, id, TraceContext.Current)), TimeSpan.Zero, cancellation);
}
