using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Retention;

/// <summary>
/// Lets go of what is older than it shall be kept. Doing it twice changes nothing, so that what a crash left is let go by the next run. Articles are
/// the single writer's: a deduplication that runs meanwhile is refused by the manifest and begins anew.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="options">How long; see <see cref="RetentionOptions.Problem"/>.</param>
/// <param name="pipeline">The options that copies are decided with.</param>
/// <param name="temporaryFolder">Where temporary indexes are kept; null = the system's folder.</param>
public sealed class StoreRetention(IBlobStore store, RetentionOptions options, PipelineOptions pipeline, string? temporaryFolder = null)
{
    private const int AtOnce = 16;

    /// <summary>Runs once a UTC day, whoever calls it how often.</summary>
    /// <returns>What was let go; null when it ran today already or nothing shall be let go.</returns>
    public async Task<RetentionResult?> RunDueAsync(DateTimeOffset now, CancellationToken cancellation) =>
        options.KeepsAll || (await RetentionMark.ReadAsync(store, cancellation).ConfigureAwait(false)).Day == StoreNames.Day(now)
            ? null
            : await RunAsync(now, dryRun: false, cancellation).ConfigureAwait(false);

    /// <summary>Lets go, or only counts.</summary>
    /// <param name="now">The time; days are counted back from its UTC day.</param>
    /// <param name="dryRun">True changes nothing.</param>
    /// <param name="cancellation">Stops between steps; the next run goes on.</param>
    /// <exception cref="StorageException">The store cannot be reached, is none, or another run is writing to it.</exception>
    public async Task<RetentionResult> RunAsync(DateTimeOffset now, bool dryRun, CancellationToken cancellation)
    {
        var runs = await StoreRuns.OfAsync(store, cancellation).ConfigureAwait(false);
        var (captures, articles) = (Day(now, options.CaptureDays), Day(now, options.ArticleDays));
        // Readers learn that something has expired before it is gone.
        if (!dryRun)
            await MarkAsync(m => m.From(captures, articles), cancellation).ConfigureAwait(false);
        var gone = captures is null ? 0 : await DeleteBeforeAsync(store, StoreNames.Captures, captures, _ => true, dryRun, cancellation).ConfigureAwait(false);
        var quarantined = Day(now, options.QuarantineDays) is { } kept ? await QuarantineAsync(kept, dryRun, cancellation).ConfigureAwait(false) : 0;
        var (removed, regrouped) = (0L, 0L);
        foreach (var run in runs.Where(_ => articles is not null))
        {
            var (a, b) = await ArticlesAsync(run, articles!, now, dryRun, cancellation).ConfigureAwait(false);
            (removed, regrouped) = (removed + a, regrouped + b);
        }

        if (!dryRun)
            await MarkAsync(m => m with { Day = StoreNames.Day(now) }, cancellation).ConfigureAwait(false);
        return new(gone, removed, regrouped, quarantined, captures, articles);
    }

    private static string? Day(DateTimeOffset now, int? days) => days is { } back ? StoreNames.Day(now.AddDays(-back)) : null;

    private async Task<(long Removed, long Regrouped)> ArticlesAsync(
        IBlobStore run, string first, DateTimeOffset now, bool dryRun, CancellationToken cancellation)
    {
        // What was written and waits to be decided about is not old to its reader yet: the next run has it.
        var waiting = await WaitingAsync(cancellation).ConfigureAwait(false);
        using var removal = await RunRemoval.OpenAsync(run, pipeline, temporaryFolder, dryRun, cancellation).ConfigureAwait(false);
        var old = removal.Book.Window(DateTimeOffset.MinValue, StartOf(first))
            .Where(d => string.CompareOrdinal(d.Day, first) < 0 && !waiting.Contains(d.Id))
            .Select(d => d.Id)
            .ToList();
        var lines = await removal.PlanAsync(old, PublishedDecision.Expired, cancellation).ConfigureAwait(false);
        if (dryRun)
            return (old.Count, lines.Count - old.Count);

        // The ledgers first: they must not know of texts that are not there.
        var states = new ArticleStates(store);
        foreach (var id in old)
            await states.ChangeAsync(
                id, s => s is { Revisions.Count: > 0 } or { RecheckOf: not null } ? s.WithoutTexts() : null, cancellation).ConfigureAwait(false);
        await removal.PublishAsync(StoreNames.Day(now), lines, cancellation).ConfigureAwait(false);
        await DeleteBeforeAsync(
            run, StoreNames.Articles, first, name => !waiting.Contains(StoreNames.ArticleIdOf(name)), dryRun, cancellation).ConfigureAwait(false);
        return (old.Count, lines.Count - old.Count);
    }

    private static DateTimeOffset StartOf(string day) => RecordJson.Time(day + "T00:00:00Z")!.Value;

    private async Task<HashSet<string>> WaitingAsync(CancellationToken cancellation)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var item in store.ListAsync(StoreNames.Inbox, cancellation).ConfigureAwait(false))
        {
            if (item.Name.Split('-') is [_, var id, ..])
                ids.Add(id);
        }

        return ids;
    }

    // Names below a prefix begin with their day, so that the old ones come first; what is undated comes last and stays.
    private static async Task<long> DeleteBeforeAsync(
        IBlobStore from, string prefix, string first, Func<string, bool> may, bool dryRun, CancellationToken cancellation)
    {
        var names = new List<string>();
        await foreach (var item in from.ListAsync(prefix, cancellation).ConfigureAwait(false))
        {
            if (string.CompareOrdinal(item.Name, prefix.Length, first, 0, first.Length) >= 0)
                break;
            if (may(item.Name))
                names.Add(item.Name);
        }

        if (!dryRun)
        {
            await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (name, token) =>
                await from.DeleteAsync(name, null, token).ConfigureAwait(false)).ConfigureAwait(false);
        }

        return names.Count;
    }

    private async Task<long> QuarantineAsync(string first, bool dryRun, CancellationToken cancellation)
    {
        var names = new List<string>();
        await foreach (var item in store.ListAsync(StoreNames.Quarantine, cancellation).ConfigureAwait(false))
        {
            if (await QuarantineFiles.ReadAsync(store, item.Name, cancellation).ConfigureAwait(false) is { } message
                && string.CompareOrdinal(StoreNames.Day(message.At), first) < 0)
                names.Add(item.Name);
        }

        foreach (var name in dryRun ? [] : names)
            await store.DeleteAsync(name, null, cancellation).ConfigureAwait(false);
        return names.Count;
    }

    private async Task MarkAsync(Func<RetentionMark, RetentionMark> change, CancellationToken cancellation)
    {
        var before = await RetentionMark.ReadAsync(store, cancellation).ConfigureAwait(false);
        if (change(before) is var after && after != before)
            await store.WriteBatchAsync([new(StoreNames.Retention, after.ToJson())], cancellation).ConfigureAwait(false);
    }
}
