using IngestPipeline.Storage;

namespace IngestPipeline.Feeds.Polling;

/// <summary>The feeds' states in a store, each guarded by its ETag.</summary>
/// <param name="store">The store.</param>
internal sealed class FeedStates(IBlobStore store)
{
    private const string Prefix = "state/feeds/";

    /// <summary>The name of a feed's state.</summary>
    public static string Name(string feedId) => $"{Prefix}{feedId}.json";

    /// <summary>A feed's state with its ETag; null when it was never polled, or when what stands there is no state (it is then replaced).</summary>
    public async Task<(FeedState? State, string? ETag)> ReadAsync(string feedId, CancellationToken cancellation)
    {
        var blob = await store.ReadAsync(Name(feedId), cancellation).ConfigureAwait(false);
        return blob is null ? (null, null) : (FeedStateJson.Read(blob.Content.Span), blob.ETag);
    }

    /// <summary>Saves a state in place of the one that was read.</summary>
    /// <param name="state">The state.</param>
    /// <param name="etag">The ETag that was read; null = there was none.</param>
    /// <param name="cancellation">Stops before the write.</param>
    /// <returns>False when another poll saved one meanwhile: this one must give way.</returns>
    public async Task<bool> SaveAsync(FeedState state, string? etag, CancellationToken cancellation) =>
        (await WriteAsync(state, etag, cancellation).ConfigureAwait(false)).Written;

    /// <summary>The same, with the ETag of what stands there then.</summary>
    public Task<BlobWriteResult> WriteAsync(FeedState state, string? etag, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(state);
        return store.SwapAsync(Name(state.FeedId), FeedStateJson.Write(state), etag, cancellation);
    }

    /// <summary>All states, in the order of their ids.</summary>
    public async IAsyncEnumerable<FeedState> ListAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var item in store.ListAsync(Prefix, cancellation).ConfigureAwait(false))
        {
            // state/feeds/{id}.json; other files about a feed have a second dot.
            var id = item.Name[Prefix.Length..^(item.Name.EndsWith(".json", StringComparison.Ordinal) ? 5 : 0)];
            if (id.Contains('.', StringComparison.Ordinal))
                continue;
            if ((await ReadAsync(id, cancellation).ConfigureAwait(false)).State is { } state)
                yield return state;
        }
    }
}
