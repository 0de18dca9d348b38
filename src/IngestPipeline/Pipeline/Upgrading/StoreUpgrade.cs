using System.Security.Cryptography;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Upgrading;

/// <summary>
/// Moves a store's current run into this release's schema: written beside it, checked, made current by one compare-and-swap of the header. Until then readers
/// see the old run as it was. An interrupted upgrade is gone on with; a day's articles that are there are not read again.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="time">The clock that claims of running workers are told by.</param>
/// <param name="temporaryFolder">Where temporary indexes are kept; null = the system's folder.</param>
public sealed class StoreUpgrade(IBlobStore store, TimeProvider time, string? temporaryFolder = null)
{
    /// <summary>Upgrades, or says what an upgrade would do.</summary>
    /// <param name="dryRun">True changes nothing.</param>
    /// <param name="progress">Told how many articles and records are done.</param>
    /// <param name="cancellation">Stops; the next upgrade goes on.</param>
    /// <exception cref="StorageException">The store cannot be reached, is none, is newer than this release, or is damaged.</exception>
    public async Task<UpgradeResult> RunAsync(bool dryRun, IProgress<long>? progress, CancellationToken cancellation)
    {
        var stored = await store.ReadAsync(StoreNames.Header, cancellation).ConfigureAwait(false);
        var header = await StoreRuns.HeaderAsync(store, cancellation).ConfigureAwait(false);
        var from = header.PipelineVersion;
        if (StoreSchema.Of(from) is not { } schema)
            return new(
                from, from, header.Prefix,
                Refusal: $"{store.Location}: its version {from} names no schema; it cannot be upgraded. Replay its captures with --new-run.");
        if (schema == StoreSchema.Current)
        {
            // What is left of an upgrade that died behind the switch.
            if (!dryRun)
                await StoreRuns.At(store, header.Prefix).DeleteAsync(UpgradeMark.Name, null, cancellation).ConfigureAwait(false);
            return new(from, from, header.Prefix);
        }

        var (to, prefix) = (StoreSchema.Upgraded(from), StoreNames.Run(StoreSchema.Upgraded(from)));
        var (source, target) = (StoreRuns.At(store, header.Prefix), StoreRuns.At(store, prefix));
        var result = new UpgradeResult(from, to, prefix);
        if (await StoreActivity.FindAsync(store, time.GetUtcNow(), cancellation).ConfigureAwait(false) is { } busy)
            return result with { Refusal = busy };
        var mark = await MarkAsync(target, cancellation).ConfigureAwait(false);
        if (mark is null && await target.ListAsync("", cancellation).AnyAsync(cancellation).ConfigureAwait(false))
            return result with { Refusal = $"{store.Location}: {prefix} holds another run of that version. Delete it, or make it current in {StoreNames.Header}." };

        var digest = await DigestAsync(source, cancellation).ConfigureAwait(false);
        var isResumed = mark is not null && mark.Source == digest && mark.From == from;
        var copy = new RunUpgrade(source, target, temporaryFolder, progress);
        if (dryRun)
            return (await copy.CountAsync(result, cancellation).ConfigureAwait(false)) with { IsResumed = isResumed };

        if (mark is not null && !isResumed)
            await EmptyAsync(target, cancellation).ConfigureAwait(false);
        mark = isResumed ? mark! : new(from, digest, null);
        result = (await copy.RunAsync(mark, result, cancellation).ConfigureAwait(false)) with { IsResumed = isResumed };
        if (await DigestAsync(source, cancellation).ConfigureAwait(false) != digest
            || await StoreActivity.FindAsync(store, time.GetUtcNow(), cancellation).ConfigureAwait(false) is not null)
            return result with { Refusal = $"{store.Location}: a pipeline wrote to it meanwhile; readers still see the old run. Stop the pipeline and run this again." };

        var next = new StoreHeader(to, prefix, [.. header.Earlier.Where(r => r.PipelineVersion != to), new(from, header.Prefix)]);
        if (!(await store.ReplaceAsync(StoreNames.Header, next.ToJson(), stored!.ETag, cancellation).ConfigureAwait(false)).Written)
            return result with { Refusal = $"{store.Location}: another run changed {StoreNames.Header} meanwhile. Run this again." };
        await target.DeleteAsync(UpgradeMark.Name, null, cancellation).ConfigureAwait(false);
        return result;
    }

    private static async Task<UpgradeMark?> MarkAsync(IBlobStore target, CancellationToken cancellation) =>
        await target.ReadAsync(UpgradeMark.Name, cancellation).ConfigureAwait(false) is { } blob ? UpgradeMark.Read(blob.Content.Span) : null;

    // What is decided, and what waits to be.
    private async Task<string> DigestAsync(IBlobStore source, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (await source.ReadAsync(StoreNames.DecisionManifest, cancellation).ConfigureAwait(false) is { } manifest)
            hash.AppendData(manifest.Content.Span);
        await foreach (var item in store.ListAsync(StoreNames.Inbox, cancellation).ConfigureAwait(false))
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(item.Name + "\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The mark goes last: without it the rest would look like somebody else's run.
    internal static async Task EmptyAsync(IBlobStore target, CancellationToken cancellation)
    {
        var names =
            await target.ListAsync("", cancellation).Select(i => i.Name).Where(n => n != UpgradeMark.Name).ToListAsync(cancellation).ConfigureAwait(false);
        foreach (var name in names)
            await target.DeleteAsync(name, null, cancellation).ConfigureAwait(false);
    }
}
