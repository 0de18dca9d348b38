namespace IngestPipeline.Storage;

/// <summary>A part of a store, seen as a store of its own.</summary>
internal sealed class PrefixedBlobStore(IBlobStore store, string prefix) : IBlobStore
{
    public string Location => store.Location;

    public Task PrepareAsync(CancellationToken cancellation = default) => store.PrepareAsync(cancellation);

    public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation = default) => store.ReadAsync(prefix + name, cancellation);

    public Task<string?> ETagAsync(string name, CancellationToken cancellation = default) => store.ETagAsync(prefix + name, cancellation);

    public Task<Stream?> OpenReadAsync(string name, long offset = 0, CancellationToken cancellation = default) =>
        store.OpenReadAsync(prefix + name, offset, cancellation);

    public ReadOnlyMemory<byte>? ReadRange(string name, long offset, int length) => store.ReadRange(prefix + name, offset, length);

    public Task<BlobWriteResult> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        store.CreateAsync(prefix + name, content, cancellation);

    public Task<BlobWriteResult> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellation = default) =>
        store.ReplaceAsync(prefix + name, content, etag, cancellation);

    public Task<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellation = default) =>
        store.DeleteAsync(prefix + name, etag, cancellation);

    public async IAsyncEnumerable<BlobItem> ListAsync(
        string under, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var item in store.ListAsync(prefix + under, cancellation).ConfigureAwait(false))
            yield return item with { Name = item.Name[prefix.Length..] };
    }

    public Task<int> WriteBatchAsync(IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation = default) =>
        store.WriteBatchAsync([.. blobs.Select(b => b with { Name = prefix + b.Name })], cancellation);
}
