using IngestPipeline.Pipeline.Backfill;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Pipeline.Upgrading;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Retention;

/// <summary>
/// Lets go of a store's earlier runs, all but the newest, and of what finished back-fills left. The header names a run until the last of it is gone, so that
/// what a crash left is let go by the next call. The current run, captures and the pipeline's state are never touched.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="time">The clock that claims of running workers are told by.</param>
public sealed class RunRetention(IBlobStore store, TimeProvider time)
{
    private const int AtOnce = 16;

    // The first run shares the root with captures and state: these are its own.
    private static readonly string[] OfRootRun =
    [
        "index/", StoreNames.AllRecords, "rollups/", StoreNames.DecisionSegments, StoreNames.ChangeSegments, StoreNames.LearnedPrefix, StoreNames.Articles,
    ];

    /// <summary>Lets go, or only counts.</summary>
    /// <param name="keep">How many runs besides the current one stay, 0 or more: the newest.</param>
    /// <param name="dryRun">True changes nothing.</param>
    /// <param name="cancellation">Stops between blobs; the next call goes on.</param>
    /// <exception cref="StorageException">The store cannot be reached or is none, a pipeline is running on it, or another run changed its header
    /// meanwhile.</exception>
    public async Task<RunRetentionResult> RunAsync(int keep, bool dryRun, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(keep);
        var header = await StoreRuns.HeaderAsync(store, cancellation).ConfigureAwait(false);
        if (await StoreActivity.FindAsync(store, time.GetUtcNow(), cancellation).ConfigureAwait(false) is { } running)
            throw new StorageException(running);

        var staged = await SweepStagingAsync(dryRun, cancellation).ConfigureAwait(false);
        var earlier = header.Earlier.Where(r => r.Prefix != header.Prefix).ToList();
        var (gone, busy, blobs) = (new List<StoreRun>(), new List<StoreRun>(), 0L);
        foreach (var run in earlier.SkipLast(keep))
        {
            if (await IsBusyAsync(run, cancellation).ConfigureAwait(false))
            {
                busy.Add(run);
                continue;
            }

            blobs += await DeleteAsync(run, dryRun, cancellation).ConfigureAwait(false);
            gone.Add(run);
        }

        return new(gone, busy, Math.Min(keep, earlier.Count), blobs, staged);
    }

    // A back-fill, an upgrade or a replay that is not finished has its plan, its mark, or its lease there.
    private async Task<bool> IsBusyAsync(StoreRun run, CancellationToken cancellation)
    {
        if (await WriterLease.IsTakenAsync(store, run.PipelineVersion, time, cancellation).ConfigureAwait(false)
            || await StoreRuns.At(store, run.Prefix).ReadAsync(UpgradeMark.Name, cancellation).ConfigureAwait(false) is not null)
            return true;
        await foreach (var item in store.ListAsync(StoreNames.Run(run.PipelineVersion), cancellation).ConfigureAwait(false))
        {
            if (IdOfStaging(item.Name) is { } id && !await IsOverAsync(id, cancellation).ConfigureAwait(false))
                return true;
        }

        return false;
    }

    private async Task<long> DeleteAsync(StoreRun run, bool dryRun, CancellationToken cancellation)
    {
        var before = await store.ReadAsync(StoreNames.Header, cancellation).ConfigureAwait(false);
        if (before is null || StoreHeader.Read(before.Content.Span) is not { } header || header.Prefix == run.Prefix || !header.Earlier.Contains(run))
            throw new StorageException($"{store.Location}: another run changed {StoreNames.Header} meanwhile. Run again.");
        var names = new List<string>();
        foreach (var prefix in run.Prefix.Length == 0 ? OfRootRun : [run.Prefix])
            names.AddRange(await store.ListAsync(prefix, cancellation).Select(i => i.Name).ToListAsync(cancellation).ConfigureAwait(false));
        if (dryRun)
            return names.Count;

        // What no manifest names does not exist for readers: it goes first, so that nobody reads half a run.
        await store.DeleteAsync(run.Prefix + StoreNames.DecisionManifest, null, cancellation).ConfigureAwait(false);
        await DeleteAsync(names, cancellation).ConfigureAwait(false);
        var next = header with { Earlier = [.. header.Earlier.Where(r => r != run)] };
        if (!(await store.ReplaceAsync(StoreNames.Header, next.ToJson(), before.ETag, cancellation).ConfigureAwait(false)).Written)
            throw new StorageException($"{store.Location}: another run changed {StoreNames.Header} meanwhile. Run again.");
        return names.Count;
    }

    // A back-fill deletes what it kept when it is over; one that died there has left some.
    private async Task<long> SweepStagingAsync(bool dryRun, CancellationToken cancellation)
    {
        var over = new Dictionary<string, bool>(StringComparer.Ordinal);
        var names = new List<string>();
        await foreach (var item in store.ListAsync(StoreNames.AllRuns, cancellation).ConfigureAwait(false))
        {
            if (IdOfStaging(item.Name) is not { } id)
                continue;
            if (!over.TryGetValue(id, out var isOver))
                over[id] = isOver = await IsOverAsync(id, cancellation).ConfigureAwait(false);
            if (isOver)
                names.Add(item.Name);
        }

        if (!dryRun)
            await DeleteAsync(names, cancellation).ConfigureAwait(false);
        return names.Count;
    }

    private async Task<bool> IsOverAsync(string backfill, CancellationToken cancellation) =>
        await new BackfillStates(store).ReadAsync(backfill, cancellation).ConfigureAwait(false) is { Phase: BackfillPhase.Done or BackfillPhase.Refused };

    // runs/{version}/staging/{id}/…
    private static string? IdOfStaging(string name) =>
        name.Split('/') is ["runs", _, "staging", var id, ..] ? id : null;

    private Task DeleteAsync(IEnumerable<string> names, CancellationToken cancellation) =>
        Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (name, token) =>
            await store.DeleteAsync(name, null, token).ConfigureAwait(false));
}
