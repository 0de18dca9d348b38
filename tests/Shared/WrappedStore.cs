using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Shared;

/// <summary>A store in front of another, whose calls pass one place, where they are counted, fail, or die.</summary>
internal abstract class WrappedStore(IBlobStore inner) : IBlobStore
{
    public string Location => inner.Location;

    protected IBlobStore Wrapped => inner;

    public virtual Task PrepareAsync(CancellationToken cancellation = default) => inner.PrepareAsync(cancellation);

    public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation = default) =>
        RunAsync("read", name, () => inner.ReadAsync(name, cancellation));

    public Task<Stream?> OpenReadAsync(string name, long offset = 0, CancellationToken cancellation = default) =>
        RunAsync("read", name, () => inner.OpenReadAsync(name, offset, cancellation));

    public virtual ReadOnlyMemory<byte>? ReadRange(string name, long offset, int length) => inner.ReadRange(name, offset, length);

    public Task<BlobWriteResult> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        RunAsync("create", name, () => inner.CreateAsync(name, content, cancellation));

    public Task<BlobWriteResult> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellation = default) =>
        RunAsync("replace", name, () => inner.ReplaceAsync(name, content, etag, cancellation));

    public Task<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellation = default) =>
        RunAsync("delete", name, () => inner.DeleteAsync(name, etag, cancellation));

    public virtual IAsyncEnumerable<BlobItem> ListAsync(string prefix, CancellationToken cancellation = default) => inner.ListAsync(prefix, cancellation);

    public virtual Task<int> WriteBatchAsync(IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation = default) =>
        RunAsync("batch", blobs.Count > 0 ? blobs[0].Name : "", () => inner.WriteBatchAsync(blobs, cancellation));

    /// <summary>The one place.</summary>
    /// <param name="operation">read, create, replace, delete or batch.</param>
    /// <param name="name">The blob's name; of a batch the first.</param>
    /// <param name="effect">The call.</param>
    protected virtual Task<T> RunAsync<T>(string operation, string name, Func<Task<T>> effect) => effect();
}
