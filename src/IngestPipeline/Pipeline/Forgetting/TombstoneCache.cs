using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Forgetting;

/// <summary>The tombstones of a store as they were a minute ago at most. Safe for concurrent use.</summary>
internal sealed class TombstoneCache(IBlobStore store, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);
    private (DateTimeOffset At, IReadOnlySet<string> Ids)? _known;

    public async Task<IReadOnlySet<string>> ReadAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var now = time.GetUtcNow();
            if (_known is not { } known || now - known.At >= Fresh || now < known.At)
                _known = known = (now, await Tombstones.ReadAsync(store, cancellation).ConfigureAwait(false));
            return known.Ids;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
