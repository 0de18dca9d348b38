using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>Writes the blobs that the manifest of decisions names next: segments of decisions and of the copy index, places, cards.</summary>
internal static class SegmentBlobs
{
    /// <summary>
    /// Writes them under one barrier. A batch gives its blobs their names before it syncs them, so that a power cut leaves torn ones that no manifest
    /// names; names are hashes of content, and the next run comes to the same. Such an orphan is put right. What the manifest names was whole when it was
    /// named: other bytes there are damage, which a writer must neither hide nor build on. The manifest asked is the store's, as this writer may be overtaken.
    /// </summary>
    /// <exception cref="StorageException">The manifest names one of them, and other bytes stand there; or another run is writing.</exception>
    public static async Task WriteAsync(IBlobStore store, IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation)
    {
        var standing = await Task.WhenAll(blobs.Select(b => store.ReadAsync(b.Name, cancellation))).ConfigureAwait(false);
        foreach (var (blob, there) in blobs.Zip(standing))
        {
            if (there is not null && !blob.Content.Span.SequenceEqual(there.Content.Span))
                await MendAsync(store, blob, there.ETag, cancellation).ConfigureAwait(false);
        }

        await store.WriteBatchAsync(blobs, cancellation).ConfigureAwait(false);
    }

    // Not by the batch: in a container that goes by the hash beside a blob, which says nothing of bytes that another tool put there.
    private static async Task MendAsync(IBlobStore store, BlobWrite blob, string etag, CancellationToken cancellation)
    {
        if (await store.ReadAsync(StoreNames.DecisionManifest, cancellation).ConfigureAwait(false) is { } stored
            && DecisionManifest.Read(stored.Content.Span).Names.Contains(blob.Name, StringComparer.Ordinal))
        {
            var remedy = blob.Name.StartsWith(StoreNames.Index, StringComparison.Ordinal)
                ? "Let `ingest verify --repair` mend it"
                : "Put it back from a backup, or replay into a new store";
            throw new StorageException(
                $"{store.Location}: {blob.Name} holds other bytes than its name says, though the manifest names it; the store is damaged. {remedy}.")
            {
                IsDamage = true
            };
        }

        if (!(await store.ReplaceAsync(blob.Name, blob.Content, etag, cancellation).ConfigureAwait(false)).Written)
            throw DecisionManifestFile.Overtaken(store);
    }
}
