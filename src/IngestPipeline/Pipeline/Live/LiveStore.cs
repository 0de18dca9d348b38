using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// The store of a live pipeline: ledgers, captures and queues' markers at its root; articles, decisions and records where its current run
/// stands.
/// </summary>
/// <param name="root">The store.</param>
/// <param name="version">The version that these rules and options write.</param>
public sealed class LiveStore(IBlobStore root, string version)
{
    private IBlobStore? _run;

    /// <summary>The store itself.</summary>
    public IBlobStore Root { get; } = root;

    /// <summary>The pipeline version that is written.</summary>
    public string Version { get; } = version;

    /// <summary>Where the current run stands; made on the first call.</summary>
    /// <exception cref="StorageException">The store was written with other rules; the message says what to do.</exception>
    public async Task<IBlobStore> RunAsync(CancellationToken cancellation)
    {
        if (_run is { } known)
            return known;
        var opening = await StoreOpening.OpenAsync(Root, Version, newRun: false, cancellation).ConfigureAwait(false);
        if (opening.IsOtherSchema)
            throw new StorageException(opening.Refusal!);
        if (opening.Refusal is not null)
        {
            throw new StorageException(
                $"{Root.Location}: written with other rules than {Version}. Replay what it captured with the new ones first: ingest replay STORE --out STORE --new-run, then run again.");
        }

        return _run = opening.Prefix.Length == 0 ? Root : new PrefixedBlobStore(Root, opening.Prefix);
    }
}
