namespace IngestPipeline.Storage;

/// <summary>Compare-and-swap of a blob that may not be there yet.</summary>
internal static class BlobSwap
{
    /// <summary>Writes a blob in place of the one that was read: created where there was none, replaced where its ETag still holds.</summary>
    /// <param name="store">The store.</param>
    /// <param name="name">The blob's name.</param>
    /// <param name="content">Its content.</param>
    /// <param name="etag">The ETag that was read; null = there was no such blob.</param>
    /// <param name="cancellation">Stops before the write.</param>
    public static Task<BlobWriteResult> SwapAsync(
        this IBlobStore store, string name, ReadOnlyMemory<byte> content, string? etag, CancellationToken cancellation) =>
        etag is null ? store.CreateAsync(name, content, cancellation) : store.ReplaceAsync(name, content, etag, cancellation);
}
