namespace IngestPipeline.Storage;

/// <summary>
/// The one seam to storage: named blobs with conditional create and conditional replace. Names are relative, parted by "/", and made
/// of hashes, days and fixed words only (letters, digits, <c>-</c>, <c>_</c>, <c>.</c>); any other name is a bug of the caller.
/// Content handed to a write is the caller's again when the call has ended. Infrastructure failures throw <see cref="StorageException"/>; expected outcomes are values.
/// </summary>
public interface IBlobStore
{
    /// <summary>Where the store is, for people: a folder's path or a container's address without credentials.</summary>
    string Location { get; }

    /// <summary>
    /// Makes sure that the store can be written to, making its folder or container if need be, so that a long run fails at its start and
    /// not at its first write. Clears away what crashed writers left.
    /// </summary>
    Task PrepareAsync(CancellationToken cancellation = default) => Task.CompletedTask;

    /// <summary>Reads a whole blob; null when there is none.</summary>
    Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation = default);

    /// <summary>A blob's ETag, without its content; null when there is no blob.</summary>
    async Task<string?> ETagAsync(string name, CancellationToken cancellation = default) => (await ReadAsync(name, cancellation).ConfigureAwait(false))?.ETag;

    /// <summary>Opens a blob for reading from an offset; null when there is none.</summary>
    Task<Stream?> OpenReadAsync(string name, long offset = 0, CancellationToken cancellation = default);

    /// <summary>
    /// Reads a part of a blob: fewer bytes where the blob ends, none beyond its end; null when there is no blob. Blocks, because what reads parts
    /// (cards, lines of decisions) does so in the midst of computing, on one thread that has nothing else to do.
    /// </summary>
    /// <param name="name">The blob.</param>
    /// <param name="offset">Its first byte to be read.</param>
    /// <param name="length">The most bytes to read; at least 1.</param>
    ReadOnlyMemory<byte>? ReadRange(string name, long offset, int length);

    /// <summary>Creates a blob if there is none of that name (<c>If-None-Match: *</c>), durably.</summary>
    Task<BlobWriteResult> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default);

    /// <summary>Replaces a blob whose ETag is still the given one (<c>If-Match</c>), durably.</summary>
    Task<BlobWriteResult> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellation = default);

    /// <summary>Deletes a blob; with an ETag only while that is still the blob's. True when it is gone, false when the ETag did not match.</summary>
    Task<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellation = default);

    /// <summary>Lists the blobs below a prefix in the ordinal order of their names.</summary>
    IAsyncEnumerable<BlobItem> ListAsync(string prefix, CancellationToken cancellation = default);

    /// <summary>
    /// Writes many blobs, in any order, durable together when the call returns: one sync barrier for all. A blob whose content is
    /// already the given one is left alone. Nothing reads them before a manifest names them, so there is no condition on each.
    /// </summary>
    /// <returns>How many blobs were created or changed.</returns>
    Task<int> WriteBatchAsync(IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation = default);
}
