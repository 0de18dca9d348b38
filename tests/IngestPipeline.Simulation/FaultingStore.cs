using IngestPipeline.Storage;

namespace IngestPipeline.Simulation;

/// <summary>A store behind the faults. Reads fail, too; a batch that dies leaves half of itself.</summary>
internal sealed class FaultingStore(IBlobStore inner, Faults faults) : IBlobStore
{
    private const int PageSize = 5;

    public string Location => inner.Location;

    public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation = default) =>
        RunAsync("read " + name, () => inner.ReadAsync(name, cancellation));

    public Task<Stream?> OpenReadAsync(string name, long offset = 0, CancellationToken cancellation = default) =>
        RunAsync("read " + name, () => inner.OpenReadAsync(name, offset, cancellation));

    public ReadOnlyMemory<byte>? ReadRange(string name, long offset, int length) =>
        faults.Run("read " + name, () => inner.ReadRange(name, offset, length), message => new StorageException(message));

    public Task<BlobWriteResult> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        RunAsync("create " + name, () => inner.CreateAsync(name, content, cancellation));

    public Task<BlobWriteResult> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellation = default) =>
        RunAsync("replace " + name, () => inner.ReplaceAsync(name, content, etag, cancellation));

    public Task<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellation = default) =>
        RunAsync("delete " + name, () => inner.DeleteAsync(name, etag, cancellation));

    // A page at a time, as from a service: what is written or deleted meanwhile is seen in a later page, or is not.
    public async IAsyncEnumerable<BlobItem> ListAsync(
        string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (string? last = null; ;)
        {
            var page = await RunAsync("list " + prefix, async () => await inner.ListAsync(prefix, cancellation)
                .Where(i => last is null || string.CompareOrdinal(i.Name, last) > 0).Take(PageSize).ToListAsync(cancellation));
            foreach (var item in page)
                yield return item;
            if (page.Count < PageSize)
                yield break;
            last = page[^1].Name;
        }
    }

    public async Task<int> WriteBatchAsync(IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation = default)
    {
        if (blobs.Count > 1)
            await RunAsync("half " + blobs[0].Name, () => inner.WriteBatchAsync([.. blobs.Where((_, i) => i % 2 == 0)], cancellation));
        return await RunAsync("batch " + (blobs.Count > 0 ? blobs[0].Name : ""), () => inner.WriteBatchAsync(blobs, cancellation));
    }

    private Task<T> RunAsync<T>(string what, Func<Task<T>> effect) => faults.RunAsync(what, effect, message => new StorageException(message));
}
