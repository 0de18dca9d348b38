using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Storage;

/// <summary>Where a call fails.</summary>
internal enum StoreFault
{
    None,

    /// <summary>Before the effect: nothing was done.</summary>
    Before,

    /// <summary>After the effect and before its reply: it was done, and the caller does not know.</summary>
    After,
}

/// <summary>A store whose calls fail where a test says, by the number of the call; for crash points of what stands above it.</summary>
/// <param name="inner">The store that works.</param>
/// <param name="fault">Told the number of the call, from 1, the operation and the name; says how the call fails.</param>
internal sealed class FaultingBlobStore(IBlobStore inner, Func<int, string, string, StoreFault> fault) : IBlobStore
{
    private int _calls;

    public string Location => inner.Location;

    /// <summary>How many calls there were.</summary>
    public int Calls => _calls;

    public Task PrepareAsync(CancellationToken cancellation = default) =>
        RunAsync("prepare", "", async () =>
        {
            await inner.PrepareAsync(cancellation);
            return true;
        });

    public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation = default) =>
        RunAsync("read", name, () => inner.ReadAsync(name, cancellation));

    public Task<Stream?> OpenReadAsync(string name, long offset = 0, CancellationToken cancellation = default) =>
        RunAsync("read", name, () => inner.OpenReadAsync(name, offset, cancellation));

    public ReadOnlyMemory<byte>? ReadRange(string name, long offset, int length)
    {
        var how = fault(Interlocked.Increment(ref _calls), "read", name);
        return how == StoreFault.None ? inner.ReadRange(name, offset, length) : throw new StorageException($"fault at read {name}");
    }

    public Task<BlobWriteResult> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        RunAsync("create", name, () => inner.CreateAsync(name, content, cancellation));

    public Task<BlobWriteResult> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellation = default) =>
        RunAsync("replace", name, () => inner.ReplaceAsync(name, content, etag, cancellation));

    public Task<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellation = default) =>
        RunAsync("delete", name, () => inner.DeleteAsync(name, etag, cancellation));

    public async IAsyncEnumerable<BlobItem> ListAsync(
        string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var items = await RunAsync("list", prefix, async () => await inner.ListAsync(prefix, cancellation).ToListAsync(cancellation));
        foreach (var item in items)
            yield return item;
    }

    public Task<int> WriteBatchAsync(IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation = default) =>
        RunAsync("batch", blobs.Count > 0 ? blobs[0].Name : "", () => inner.WriteBatchAsync(blobs, cancellation));

    private async Task<T> RunAsync<T>(string operation, string name, Func<Task<T>> work)
    {
        var how = fault(Interlocked.Increment(ref _calls), operation, name);
        if (how == StoreFault.Before)
            throw new StorageException($"fault before {operation} {name}");
        var result = await work();
        return how == StoreFault.After ? throw new StorageException($"fault after {operation} {name}") : result;
    }
}
