using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>The runs of a store, each as a store of its own.</summary>
internal static class StoreRuns
{
    /// <summary>The current run, then the earlier ones.</summary>
    /// <exception cref="StorageException">The store cannot be reached, is none, or is newer than this release.</exception>
    public static async Task<IReadOnlyList<IBlobStore>> OfAsync(IBlobStore store, CancellationToken cancellation)
    {
        var header = await HeaderAsync(store, cancellation).ConfigureAwait(false);
        return [.. header.Earlier.Select(e => e.Prefix).Prepend(header.Prefix).Distinct(StringComparer.Ordinal).Select(p => At(store, p))];
    }

    /// <summary>A run by its prefix.</summary>
    public static IBlobStore At(IBlobStore store, string prefix) => prefix.Length == 0 ? store : new PrefixedBlobStore(store, prefix);

    /// <summary>The store's header.</summary>
    /// <exception cref="StorageException">The store cannot be reached, is none, or is newer than this release.</exception>
    public static async Task<StoreHeader> HeaderAsync(IBlobStore store, CancellationToken cancellation)
    {
        var stored = await store.ReadAsync(StoreNames.Header, cancellation).ConfigureAwait(false)
            ?? throw StoreSchema.NotAStore(store.Location);
        var header = StoreHeader.Read(stored.Content.Span)
            ?? throw new StorageException($"{store.Location}: {StoreNames.Header} is not a store's header; 'ingest verify' says more.");
        return StoreSchema.Readable(store.Location, header);
    }
}
