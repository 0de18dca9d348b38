using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>
/// The manifest of decisions as its single writer knows it: changed only by compare-and-swap against the state that was read or written last.
/// </summary>
internal sealed class DecisionManifestFile(IBlobStore store)
{
    private const int Tries = 20;

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
        if (!await TrySwapAsync(manifest, cancellation).ConfigureAwait(false))
            throw Overtaken(store);
    }

    /// <summary>
    /// The same once a part of the view was written: where somebody else has written the manifest since, and maybe that part, it is left there to be written
    /// again.
    /// </summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="records">Names of the records that were written.</param>
    /// <param name="days">Days that they belong to, or whose roll-ups were written.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task SwapAsync(
        DecisionManifest manifest, IReadOnlyCollection<string> records, IReadOnlyCollection<string> days, CancellationToken cancellation)
    {
        if (await TrySwapAsync(manifest, cancellation).ConfigureAwait(false))
            return;
        for (var left = Tries; left > 0; left--)
        {
            if (await store.ReadAsync(StoreNames.DecisionManifest, cancellation).ConfigureAwait(false) is not { } stored)
                break;
            var behind = DecisionManifest.Read(stored.Content.Span).Behind(records, days);
            if ((await store.SwapAsync(StoreNames.DecisionManifest, behind.ToJson(), stored.ETag, cancellation).ConfigureAwait(false)).Written)
                break;
        }

        throw Overtaken(store);
    }

    private async Task<bool> TrySwapAsync(DecisionManifest manifest, CancellationToken cancellation)
    {
        var result = await store.SwapAsync(StoreNames.DecisionManifest, manifest.ToJson(), _etag, cancellation).ConfigureAwait(false);
        if (result.Written)
            (_etag, Current) = (result.ETag, manifest);
        return result.Written;
    }

    /// <summary>What a writer is told that another one overtook.</summary>
    public static StorageException Overtaken(IBlobStore store) =>
        new($"{store.Location}: another run is writing to this store. Wait until it has ended, then run again.");
}
