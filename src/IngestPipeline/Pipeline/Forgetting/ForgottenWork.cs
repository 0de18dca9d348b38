using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Forgetting;

/// <summary>
/// Ends what is under way for a forgotten article: its requests end as forgotten and are counted so, and its ledger keeps their number alone.
/// </summary>
internal sealed class ForgottenWork(IBlobStore store)
{
    private readonly ArticleStates _states = new(store);

    /// <summary>Ends it; doing it twice changes nothing.</summary>
    /// <returns>How many requests ended.</returns>
    public async Task<int> EndAsync(string id, CancellationToken cancellation)
    {
        var ended = 0;
        while ((await _states.ReadAsync(id, cancellation).ConfigureAwait(false)).State is { } state)
        {
            foreach (var request in state.Pending)
            {
                var item = new InboxItem(id, request.Number, request.AsOf, Disposition.Forgotten, null, 0);
                await store.CreateAsync(item.Name, item.ToJson(), cancellation).ConfigureAwait(false);
            }

            // The markers of what is not there any more go by themselves when they are due; these go now, for their names lead to the ledger.
            if (state.Marker is { } marker)
                await new DueMarkers(store, StoreNames.Pending).DeleteAsync(marker, cancellation).ConfigureAwait(false);
            if (state.RecheckMarker is { } recheck)
                await new DueMarkers(store, StoreNames.Rechecks).DeleteAsync(recheck, cancellation).ConfigureAwait(false);
            var after = await _states.ChangeAsync(
                id, before => before is null || before.Requests != state.Requests || before.Pending.Count != state.Pending.Count ? null : before.Forgotten(),
                cancellation).ConfigureAwait(false);
            if (after is null || after.Pending.Count == 0)
            {
                ended += state.Pending.Count;
                break;
            }
        }

        return ended;
    }

    /// <summary>What waits to be decided about is counted, and not decided about.</summary>
    public async Task WithdrawAsync(IReadOnlySet<string> ids, CancellationToken cancellation)
    {
        await foreach (var blob in store.ListAsync(StoreNames.Inbox, cancellation).ConfigureAwait(false))
        {
            if (blob.Name.Split('-') is not [_, var id, ..]
                || !ids.Contains(id)
                || await store.ReadAsync(blob.Name, cancellation).ConfigureAwait(false) is not { } stored)
                continue;
            if (InboxItem.Read(stored.Content.Span) is { Day: not null } item)
                await store.ReplaceAsync(
                    blob.Name, (item with { Day = null, Revision = 0, Disposition = Disposition.Forgotten }).ToJson(), stored.ETag,
                    cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Takes messages about them out of quarantine; their requests have ended as quarantined.</summary>
    public async Task<IReadOnlyList<string>> QuarantinedAsync(IReadOnlySet<string> ids, CancellationToken cancellation)
    {
        var names = new List<string>();
        await foreach (var blob in store.ListAsync(StoreNames.Quarantine, cancellation).ConfigureAwait(false))
        {
            if (await QuarantineFiles.ReadAsync(store, blob.Name, cancellation).ConfigureAwait(false) is not { } message)
                continue;
            if (message.Requests.Any(r => r.Url is { } url && ids.Contains(url.Id)) || ids.Any(id => message.Body.Contains(id, StringComparison.Ordinal)))
                names.Add(blob.Name);
        }

        return names;
    }
}
