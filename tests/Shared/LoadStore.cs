using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Shared;

/// <summary>
/// A store of whose calls some of a thousand fail, half of them before their effect and half after it and before its reply; it tells of batches.
/// </summary>
internal sealed class LoadStore(IBlobStore inner) : WrappedStore(inner)
{
    private readonly Random _random = new(11);

    /// <summary>The store itself.</summary>
    public IBlobStore Inner => Wrapped;

    /// <summary>Told of each blob of a batch.</summary>
    public Action<string>? Written { get; init; }

    /// <summary>Calls of a thousand that fail.</summary>
    public int FailsPerMille { get; set; }

    /// <summary>Calls that failed.</summary>
    public int Failures { get; private set; }

    public override ReadOnlyMemory<byte>? ReadRange(string name, long offset, int length) =>
        Draw() == 0 ? base.ReadRange(name, offset, length) : throw new StorageException("simulated: nothing was read");

    public override async Task<int> WriteBatchAsync(IReadOnlyList<BlobWrite> blobs, CancellationToken cancellation = default)
    {
        var written = await base.WriteBatchAsync(blobs, cancellation);
        foreach (var blob in Written is null ? [] : blobs)
            Written!(blob.Name);
        return written;
    }

    protected override async Task<T> RunAsync<T>(string operation, string name, Func<Task<T>> effect)
    {
        var draw = Draw();
        if (draw < 0)
            throw new StorageException("simulated: nothing was done");
        var result = await effect();
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
