using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;

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
internal sealed class FaultingBlobStore(IBlobStore inner, Func<int, string, string, StoreFault> fault) : WrappedStore(inner)
{
    private int _calls;

    /// <summary>How many calls there were.</summary>
    public int Calls => _calls;

    public override Task PrepareAsync(CancellationToken cancellation = default) =>
        RunAsync("prepare", "", async () =>
        {
            await Wrapped.PrepareAsync(cancellation);
            return true;
        });

    public override ReadOnlyMemory<byte>? ReadRange(string name, long offset, int length)
    {
        var how = fault(Interlocked.Increment(ref _calls), "read", name);
        return how == StoreFault.None ? base.ReadRange(name, offset, length) : throw new StorageException($"fault at read {name}");
    }

    public override async IAsyncEnumerable<BlobItem> ListAsync(
        string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var items = await RunAsync("list", prefix, async () => await Wrapped.ListAsync(prefix, cancellation).ToListAsync(cancellation));
        foreach (var item in items)
            yield return item;
    }

    protected override async Task<T> RunAsync<T>(string operation, string name, Func<Task<T>> effect)
    {
        var how = fault(Interlocked.Increment(ref _calls), operation, name);
        if (how == StoreFault.Before)
            throw new StorageException($"fault before {operation} {name}");
        var result = await effect();
        return how == StoreFault.After ? throw new StorageException($"fault after {operation} {name}") : result;
    }
}
