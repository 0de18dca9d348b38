using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>A store of a process that dies; a batch that it dies in is half written.</summary>
internal sealed class DyingStore(IBlobStore inner, Death death) : WrappedStore(inner)
{
    public override ReadOnlyMemory<byte>? ReadRange(string name, long offset, int length) => Alive(() => base.ReadRange(name, offset, length));

    public override IAsyncEnumerable<BlobItem> ListAsync(string prefix, CancellationToken cancellation = default) => Alive(() => base.ListAsync(prefix, cancellation));

    public override async Task<int> WriteBatchAsync(IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation = default)
    {
        var half = blobs.Count / 2;
        var first = half == 0 ? 0 : await death.AtAsync(() => Wrapped.WriteBatchAsync([.. blobs.Take(half)], cancellation));
        return first + await death.AtAsync(() => Wrapped.WriteBatchAsync([.. blobs.Skip(half)], cancellation));
    }

    protected override Task<T> RunAsync<T>(string operation, string name, Func<Task<T>> effect) =>
        operation == "read" ? Alive(effect) : death.AtAsync(effect);

    private T Alive<T>(Func<T> work) => death.IsDead ? throw new CrashingStore.CrashException() : work();
}
