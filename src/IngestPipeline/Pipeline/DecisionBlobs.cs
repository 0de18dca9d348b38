using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>Reads the blobs of decision segments.</summary>
internal static class DecisionBlobs
{
    /// <exception cref="StorageException">It is missing or damaged.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(IBlobStore store, DecisionSegment segment, CancellationToken cancellation)
    {
        var blob = await store.ReadAsync(segment.Name, cancellation).ConfigureAwait(false)
            ?? throw new StorageException(
                $"{store.Location}: {segment.Name} is missing though the manifest names it; the store is damaged. Replay into a new store.") { IsDamage =
                    true };
        return ContentTag.Of(blob.Content.Span) == segment.Sha256
            ? blob.Content
            : throw new StorageException(
                $"{store.Location}: {segment.Name} does not match the manifest's hash; the store is damaged. Replay into a new store.") { IsDamage = true };
    }
}
