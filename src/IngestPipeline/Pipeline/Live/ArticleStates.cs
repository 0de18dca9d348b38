using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>The ledgers of articles in a store, changed by compare-and-swap.</summary>
internal sealed class ArticleStates(IBlobStore store)
{
    private const int Tries = 20;

    public async Task<(ArticleState? State, string? ETag)> ReadAsync(string id, CancellationToken cancellation)
    {
        var blob = await store.ReadAsync(StoreNames.ArticleState(id), cancellation).ConfigureAwait(false);
        return blob is null ? (null, null) : (ArticleStateJson.Read(blob.Content.Span), blob.ETag);
    }

    /// <returns>The ETag of what was saved; null when another worker changed the ledger meanwhile.</returns>
    public async Task<string?> SaveAsync(ArticleState state, string? etag, CancellationToken cancellation)
    {
        var result = await store.SwapAsync(StoreNames.ArticleState(state.Id), ArticleStateJson.Write(state), etag, cancellation).ConfigureAwait(false);
        return result.Written ? result.ETag : null;
    }

    /// <summary>Changes a ledger whatever else happens to it: the change is made again on what stands there when a race was lost.</summary>
    /// <param name="id">The article.</param>
    /// <param name="change">From what stands there (null = nothing) to what shall; null = leave it.</param>
    /// <param name="cancellation">Stops between tries.</param>
    /// <returns>What stands there in the end.</returns>
    public async Task<ArticleState?> ChangeAsync(string id, Func<ArticleState?, ArticleState?> change, CancellationToken cancellation)
    {
        for (var left = Tries; ; left--)
        {
            var (state, etag) = await ReadAsync(id, cancellation).ConfigureAwait(false);
            if (change(state) is not { } changed)
                return state;
            if (await SaveAsync(changed, etag, cancellation).ConfigureAwait(false) is not null)
                return changed;
            if (left == 0)
                throw new StorageException($"{store.Location}: the ledger of article {id} keeps changing. Its message comes again.");
        }
    }
}
