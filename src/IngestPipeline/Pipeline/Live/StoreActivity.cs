using IngestPipeline.Feeds.Polling;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>Tells whether a pipeline is at work on a store: in a folder by its presence there, elsewhere by the claims of its workers.</summary>
internal static class StoreActivity
{
    private const int MaxLooked = 2_000;

    /// <summary>What is being worked on, in one line; null when no worker has anything.</summary>
    public static async Task<string?> FindAsync(IBlobStore store, DateTimeOffset now, CancellationToken cancellation)
    {
        // A folder knows who is there; what the dead held binds nobody.
        if (store is FolderBlobStore)
            return FolderPresence.IsAnyoneIn(store.Location) ? $"{store.Location}: a pipeline is running on it. Stop it, then run this again." : null;
        var claim = new LiveOptions().Claim;
        bool IsHeld(DateTimeOffset? at) => at is { } since && since <= now + claim && since + claim > now;
        await foreach (var feed in new FeedStates(store).ListAsync(cancellation).ConfigureAwait(false))
        {
            if (IsHeld(feed.ClaimedAt))
                return $"{store.Location}: a pipeline is running on it (it is reading a feed). Stop it, wait for {claim.TotalMinutes:0} minutes, then run this again.";
        }

        var states = new ArticleStates(store);
        var looked = 0;
        await foreach (var marker in store.ListAsync(StoreNames.Pending, cancellation).ConfigureAwait(false))
        {
            if (++looked > MaxLooked)
                break;
            if (IsHeld((await states.ReadAsync(DueMarkers.IdOf(marker.Name[StoreNames.Pending.Length..]), cancellation).ConfigureAwait(false)).State?.ClaimedAt))
                return $"{store.Location}: a pipeline is running on it (it is working on an article). Stop it, wait for {claim.TotalMinutes:0} minutes, then run this again.";
        }

        return null;
    }
}
