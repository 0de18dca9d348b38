using IngestPipeline.Pipeline.Live;
using IngestPipeline.Pipeline.Upgrading;
using IngestPipeline.Records;
using IngestPipeline.Reports;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Forgetting;

/// <summary>
/// Takes articles out of everything that a store holds, and leaves tombstones, so that they are never taken in again. First the tombstones, then what could
/// bring the article back (captures, work under way), then decisions and records, texts, reports. An interrupted one is gone on with from what it set out to
/// do.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="time">The clock.</param>
/// <param name="temporaryFolder">Where temporary indexes are kept; null = the system's folder.</param>
public sealed class StoreForgetting(IBlobStore store, TimeProvider time, string? temporaryFolder = null)
{
    private readonly PipelineOptions _pipeline = new();

    /// <summary>Says what would be taken out.</summary>
    /// <exception cref="StorageException">The store cannot be reached, is none, or is newer than this release.</exception>
    public async Task<ForgetResult> PlanAsync(ForgetTarget target, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(target);
        var runs = await ForgetSearch.RunsAsync(store, cancellation).ConfigureAwait(false);
        var intent = await ForgetSearch.FindAsync(store, runs, target, time.GetUtcNow(), cancellation).ConfigureAwait(false);
        return await WorkAsync(intent, runs, dryRun: true, cancellation).ConfigureAwait(false);
    }

    /// <summary>Takes out what is meant, and goes on with what was begun before.</summary>
    /// <param name="target">What is meant; null = only go on.</param>
    /// <param name="cancellation">Stops between steps; the next call goes on.</param>
    /// <exception cref="StorageException">The store cannot be reached, is none, is newer than this release, or another run is writing to it.</exception>
    public async Task<ForgetResult> RunAsync(ForgetTarget? target, CancellationToken cancellation)
    {
        var runs = await ForgetSearch.RunsAsync(store, cancellation).ConfigureAwait(false);
        var total = new ForgetResult { Articles = [] };
        foreach (var begun in await ForgetIntent.ReadAsync(store, cancellation).ConfigureAwait(false))
            total = total.Plus(await WorkAsync(begun, runs, dryRun: false, cancellation).ConfigureAwait(false) with { IsResumed = true });
        if (target is null)
            return total;
        var intent = await ForgetSearch.FindAsync(store, runs, target, time.GetUtcNow(), cancellation).ConfigureAwait(false);
        if (intent.Articles.Count == 0)
            return total;
        await intent.SaveAsync(store, cancellation).ConfigureAwait(false);
        return total.Plus(await WorkAsync(intent, runs, dryRun: false, cancellation).ConfigureAwait(false));
    }

    /// <summary>
    /// Lets an address be taken in again, when the wrong one was forgotten. What was taken out does not come back by it: a feed has to name the page anew, or
    /// an archive that holds it has to be replayed.
    /// </summary>
    /// <param name="target">One article or address.</param>
    /// <param name="dryRun">Only say whether it was forgotten.</param>
    /// <param name="cancellation">Stops before the tombstone is taken away.</param>
    /// <returns>The receipt, empty for a dry run; null when nothing of this address was forgotten.</returns>
    /// <exception cref="StorageException">The store cannot be reached or is none.</exception>
    public async Task<string?> LiftAsync(ForgetTarget target, bool dryRun, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(target);
        var id = target.Id ?? throw new ArgumentException("An outlet has no tombstone of its own.", nameof(target));
        await ForgetSearch.RunsAsync(store, cancellation).ConfigureAwait(false);
        if (!await Tombstones.HoldAsync(store, id, cancellation).ConfigureAwait(false))
            return null;
        if (dryRun)
            return "";
        var receipt = await ForgetReceipt.WriteLiftAsync(store, id, time.GetUtcNow(), cancellation).ConfigureAwait(false);
        await Tombstones.LiftAsync(store, id, cancellation).ConfigureAwait(false);
        return receipt;
    }

    private async Task<ForgetResult> WorkAsync(ForgetIntent intent, IReadOnlyList<string> runs, bool dryRun, CancellationToken cancellation)
    {
        var result = new ForgetResult { Articles = intent.Articles };
        if (!dryRun)
            await intent.BuryAsync(store, cancellation).ConfigureAwait(false);
        (intent, result) = await new ForgottenCaptures(store, _pipeline).TakeOutAsync(intent, result, dryRun, cancellation).ConfigureAwait(false);
        var ids = intent.Articles.ToHashSet(StringComparer.Ordinal);
        var work = new ForgottenWork(store);
        var quarantined = await work.QuarantinedAsync(ids, cancellation).ConfigureAwait(false);
        result = result with { Quarantined = quarantined.Count };
        if (!dryRun)
        {
            foreach (var id in intent.Articles)
                result = result with { Requests = result.Requests + await work.EndAsync(id, cancellation).ConfigureAwait(false) };
            await work.WithdrawAsync(ids, cancellation).ConfigureAwait(false);
            foreach (var name in quarantined)
                await store.DeleteAsync(name, null, cancellation).ConfigureAwait(false);
        }

        foreach (var prefix in runs)
            result = await RunAsync(StoreRuns.At(store, prefix), intent, ids, result, dryRun, cancellation).ConfigureAwait(false);
        if (dryRun)
            return result;

        if (await store.ReadAsync(ReportSite.Prefix + "report.json", cancellation).ConfigureAwait(false) is not null)
            await ReportSite.PublishAsync(store, cancellation: cancellation).ConfigureAwait(false);
        result = result with { Receipt = await ForgetReceipt.WriteAsync(store, intent, result, cancellation).ConfigureAwait(false) };
        await store.DeleteAsync(intent.Name, null, cancellation).ConfigureAwait(false);
        return result;
    }

    private async Task<ForgetResult> RunAsync(
        IBlobStore run, ForgetIntent intent, HashSet<string> ids, ForgetResult result, bool dryRun, CancellationToken cancellation)
    {
        // What an upgrade has copied so far is made again from a run without them.
        if (await run.ReadAsync(UpgradeMark.Name, cancellation).ConfigureAwait(false) is not null)
        {
            if (!dryRun)
            {
                await StoreUpgrade.EmptyAsync(run, cancellation).ConfigureAwait(false);
                await run.DeleteAsync(UpgradeMark.Name, null, cancellation).ConfigureAwait(false);
            }

            return result;
        }

        using var removal = await RunRemoval.OpenAsync(run, _pipeline, temporaryFolder, dryRun, cancellation).ConfigureAwait(false);
        var lines = await removal.PlanAsync(ids, PublishedDecision.Forgotten, cancellation).ConfigureAwait(false);
        var texts = new List<string>();
        foreach (var prefix in new[] { StoreNames.Articles, StoreNames.AllRecords })
        {
            await foreach (var item in run.ListAsync(prefix, cancellation).ConfigureAwait(false))
            {
                if (ids.Contains(StoreNames.ArticleIdOf(item.Name)))
                    texts.Add(item.Name);
            }
        }

        result = result with
        {
            Texts = result.Texts + texts.Count(t => t.StartsWith(StoreNames.Articles, StringComparison.Ordinal)),
            Regrouped = result.Regrouped + lines.Count(l => !l.IsRemoval),
        };
        if (dryRun)
            return result;
        await removal.PublishAsync(StoreNames.Day(intent.At), lines, cancellation).ConfigureAwait(false);
        foreach (var name in texts)
            await run.DeleteAsync(name, null, cancellation).ConfigureAwait(false);
        return result;
    }
}
