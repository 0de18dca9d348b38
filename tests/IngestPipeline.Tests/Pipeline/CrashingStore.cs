using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>A store whose process dies at the n-th write: before the effect, or after it and before the reply.</summary>
internal sealed class CrashingStore(IBlobStore inner, int dieAt, bool afterEffect) : IBlobStore
{
    private int _writes;

    public int Writes => _writes;

    public string Location => inner.Location;

    public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation = default) => inner.ReadAsync(name, cancellation);

    public Task<Stream?> OpenReadAsync(string name, long offset = 0, CancellationToken cancellation = default) =>
        inner.OpenReadAsync(name, offset, cancellation);

    public ReadOnlyMemory<byte>? ReadRange(string name, long offset, int length) => inner.ReadRange(name, offset, length);

    public IAsyncEnumerable<BlobItem> ListAsync(string prefix, CancellationToken cancellation = default) => inner.ListAsync(prefix, cancellation);

    public Task<BlobWriteResult> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        Write(() => inner.CreateAsync(name, content, cancellation));

    public Task<BlobWriteResult> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellation = default) =>
        Write(() => inner.ReplaceAsync(name, content, etag, cancellation));

    public Task<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellation = default) =>
        Write(() => inner.DeleteAsync(name, etag, cancellation));

    // A batch has no order and no atomicity: the crash leaves half of it.
    public Task<int> WriteBatchAsync(IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation = default)
    {
        var dies = _writes + 1 == dieAt && !afterEffect;
        return Write(
            () => inner.WriteBatchAsync(blobs, cancellation), dies ? () => inner.WriteBatchAsync([.. blobs.Where((_, i) => i % 2 == 0)], cancellation) : null);
    }

    private async Task<T> Write<T>(Func<Task<T>> effect, Func<Task<T>>? half = null)
    {
        var number = Interlocked.Increment(ref _writes);
        if (number == dieAt && !afterEffect)
        {
            if (half is not null)
                await half();
            throw new CrashException();
        }

        var result = await effect();
        return number == dieAt ? throw new CrashException() : result;
    }

    internal sealed class CrashException : Exception;
}
