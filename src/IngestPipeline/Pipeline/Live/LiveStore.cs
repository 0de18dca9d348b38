using IngestPipeline.Records;
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
            throw new StorageException(opening.Refusal!) { IsOtherVersion = true };
        if (opening.Refusal is not null)
        {
            var advice = await Root.ListAsync(StoreNames.Captures, cancellation).AnyAsync(cancellation).ConfigureAwait(false)
                ? "Replay what it captured with the new ones first: ingest backfill STORE --own-captures, then run again."
                : "It holds no captures, as 'ingest replay' writes it: replay its archive with --new-run first, or run into another store.";
            throw new StorageException($"{Root.Location}: written with other rules than {Version}. {advice}") { IsOtherVersion = true };
        }

        return _run = StoreRuns.At(Root, opening.Prefix);
    }

    /// <summary>True when the run that readers use is of this version.</summary>
    public async Task<bool> IsCurrentAsync(CancellationToken cancellation) =>
        await Root.ReadAsync(StoreNames.Header, cancellation).ConfigureAwait(false) is { } stored
            && StoreHeader.Read(stored.Content.Span)?.PipelineVersion == Version;

    /// <summary>Looks again whether the run that is written to is the one that readers use: another release may have made its own current.</summary>
    /// <exception cref="StorageException">It is not; the message says what to do.</exception>
    public async Task ConfirmAsync(CancellationToken cancellation)
    {
        if (_run is not null && !await IsCurrentAsync(cancellation).ConfigureAwait(false))
            throw new StorageException($"{Root.Location}: another release made its run the current one, and this one writes {Version}. Stop it.");
    }
}
