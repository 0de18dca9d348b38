using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;

namespace IngestPipeline.Simulation;

/// <summary>A store behind the faults. Reads fail, too; a batch that dies leaves half of itself.</summary>
internal sealed class FaultingStore(IBlobStore inner, Faults faults) : WrappedStore(inner)
{
    private const int PageSize = 5;

    public override ReadOnlyMemory<byte>? ReadRange(string name, long offset, int length) =>
        faults.Run("read " + name, () => Wrapped.ReadRange(name, offset, length), message => new StorageException(message));

    // A page at a time, as from a service: what is written or deleted meanwhile is seen in a later page, or is not.
    public override async IAsyncEnumerable<BlobItem> ListAsync(
        string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (string? last = null; ;)
        {
            var page = await RunAsync("list", prefix, async () => await Wrapped.ListAsync(prefix, cancellation)
                .Where(i => last is null || string.CompareOrdinal(i.Name, last) > 0).Take(PageSize).ToListAsync(cancellation));
            foreach (var item in page)
                yield return item;
            if (page.Count < PageSize)
                yield break;
            last = page[^1].Name;
        }
    }

    public override async Task<int> WriteBatchAsync(IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation = default)
    {
        if (blobs.Count > 1)
            await RunAsync("half", blobs[0].Name, () => Wrapped.WriteBatchAsync([.. blobs.Where((_, i) => i % 2 == 0)], cancellation));
        return await base.WriteBatchAsync(blobs, cancellation);
    }

    protected override Task<T> RunAsync<T>(string operation, string name, Func<Task<T>> effect) =>
        faults.RunAsync($"{operation} {name}", effect, message => new StorageException(message));
}
