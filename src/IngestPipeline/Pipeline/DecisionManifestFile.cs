using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>The manifest of decisions as its single writer knows it: changed only by compare-and-swap against the state that was read or written last.</summary>
internal sealed class DecisionManifestFile(IBlobStore store)
{
    private string? _etag;

    /// <summary>The manifest as it was read or written last.</summary>
    public DecisionManifest Current { get; private set; } = DecisionManifest.Empty;

    /// <summary>Reads the manifest; without one it is empty.</summary>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        if (await store.ReadAsync(StoreNames.DecisionManifest, cancellation).ConfigureAwait(false) is not { } stored)
            return;
        Current = DecisionManifest.Read(stored.Content.Span);
        _etag = stored.ETag;
    }

    /// <summary>True while nobody else has written it since.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken cancellation)
    {
        var stored = await store.ReadAsync(StoreNames.DecisionManifest, cancellation).ConfigureAwait(false);
        return stored?.ETag == _etag;
    }

    /// <summary>Puts another manifest in its place; throws when somebody else has written it.</summary>
    public async Task SwapAsync(DecisionManifest manifest, CancellationToken cancellation)
    {
        var result = await store.SwapAsync(StoreNames.DecisionManifest, manifest.ToJson(), _etag, cancellation).ConfigureAwait(false);
        if (!result.Written)
            throw new StorageException($"{store.Location}: another run is writing to this store. Wait until it has ended, then run again.");
        _etag = result.ETag;
        Current = manifest;
    }
}
