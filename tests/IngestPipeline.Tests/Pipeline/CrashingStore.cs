using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;

namespace IngestPipeline.Tests.Pipeline;

/// <summary>A store whose process dies at the n-th write: before the effect, or after it and before the reply.</summary>
internal sealed class CrashingStore(IBlobStore inner, int dieAt, bool afterEffect) : WrappedStore(inner)
{
    private int _writes;

    public int Writes => _writes;

    // A batch has no order and no atomicity: the crash leaves half of it.
    public override Task<int> WriteBatchAsync(IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation = default)
    {
        var dies = _writes + 1 == dieAt && !afterEffect;
        return Write(
            () => Wrapped.WriteBatchAsync(blobs, cancellation), dies ? () => Wrapped.WriteBatchAsync([.. blobs.Where((_, i) => i % 2 == 0)], cancellation) : null);
    }

    protected override Task<T> RunAsync<T>(string operation, string name, Func<Task<T>> effect) => operation == "read" ? effect() : Write(effect);

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
