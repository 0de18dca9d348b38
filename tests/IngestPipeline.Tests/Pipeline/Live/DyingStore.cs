using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>A store of a process that dies; a batch that it dies in is half written.</summary>
internal sealed class DyingStore(IBlobStore inner, Death death) : IBlobStore
{
    public string Location => inner.Location;

    public Task PrepareAsync(CancellationToken cancellation = default) => inner.PrepareAsync(cancellation);

    public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation = default) => Alive(() => inner.ReadAsync(name, cancellation));

    public Task<Stream?> OpenReadAsync(string name, long offset = 0, CancellationToken cancellation = default) =>
        Alive(() => inner.OpenReadAsync(name, offset, cancellation));

    public ReadOnlyMemory<byte>? ReadRange(string name, long offset, int length) => Alive(() => inner.ReadRange(name, offset, length));

    public IAsyncEnumerable<BlobItem> ListAsync(string prefix, CancellationToken cancellation = default) => Alive(() => inner.ListAsync(prefix, cancellation));

    public Task<BlobWriteResult> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        death.AtAsync(() => inner.CreateAsync(name, content, cancellation));

    public Task<BlobWriteResult> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellation = default) =>
        death.AtAsync(() => inner.ReplaceAsync(name, content, etag, cancellation));

    public Task<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellation = default) =>
        death.AtAsync(() => inner.DeleteAsync(name, etag, cancellation));

    public async Task<int> WriteBatchAsync(IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation = default)
    {
        var half = blobs.Count / 2;
        var first = half == 0 ? 0 : await death.AtAsync(() => inner.WriteBatchAsync([.. blobs.Take(half)], cancellation));
        return first + await death.AtAsync(() => inner.WriteBatchAsync([.. blobs.Skip(half)], cancellation));
    }

    private T Alive<T>(Func<T> work) => death.IsDead ? throw new CrashingStore.CrashException() : work();
}
