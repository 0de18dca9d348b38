using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Shared;

/// <summary>
/// A store of whose calls some of a thousand fail, half of them before their effect and half after it and before its reply; it tells of batches.
/// </summary>
internal sealed class LoadStore(IBlobStore inner) : IBlobStore
{
    private readonly Random _random = new(11);

    /// <summary>The store itself.</summary>
    public IBlobStore Inner => inner;

    /// <summary>Told of each blob of a batch.</summary>
    public Action<string>? Written { get; init; }

    /// <summary>Calls of a thousand that fail.</summary>
    public int FailsPerMille { get; set; }

    /// <summary>Calls that failed.</summary>
    public int Failures { get; private set; }

    public string Location => inner.Location;

    public Task PrepareAsync(CancellationToken cancellation = default) => inner.PrepareAsync(cancellation);

    public Task<StoredBlob?> ReadAsync(string name, CancellationToken cancellation = default) => RunAsync(() => inner.ReadAsync(name, cancellation));

    public Task<Stream?> OpenReadAsync(string name, long offset = 0, CancellationToken cancellation = default) =>
        RunAsync(() => inner.OpenReadAsync(name, offset, cancellation));

    public ReadOnlyMemory<byte>? ReadRange(string name, long offset, int length) =>
        Draw() == 0 ? inner.ReadRange(name, offset, length) : throw new StorageException("simulated: nothing was read");

    public Task<BlobWriteResult> CreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellation = default) =>
        RunAsync(() => inner.CreateAsync(name, content, cancellation));

    public Task<BlobWriteResult> ReplaceAsync(string name, ReadOnlyMemory<byte> content, string etag, CancellationToken cancellation = default) =>
        RunAsync(() => inner.ReplaceAsync(name, content, etag, cancellation));

    public Task<bool> DeleteAsync(string name, string? etag = null, CancellationToken cancellation = default) =>
        RunAsync(() => inner.DeleteAsync(name, etag, cancellation));

    public IAsyncEnumerable<BlobItem> ListAsync(string prefix, CancellationToken cancellation = default) => inner.ListAsync(prefix, cancellation);

    public async Task<int> WriteBatchAsync(IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation = default)
    {
        var written = await RunAsync(() => inner.WriteBatchAsync(blobs, cancellation));
        foreach (var blob in Written is null ? [] : blobs)
            Written!(blob.Name);
        return written;
    }

    private async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        var draw = Draw();
        if (draw < 0)
            throw new StorageException("simulated: nothing was done");
        var result = await work();
        return draw > 0 ? throw new StorageException("simulated: the reply is lost") : result;
    }

    // Below zero the call fails before its effect, above zero after it.
    private int Draw()
    {
        lock (_random)
        {
            var draw = _random.Next(2000);
            if (draw >= 2 * FailsPerMille)
                return 0;
            Failures++;
            return draw < FailsPerMille ? -1 : 1;
        }
    }
}
