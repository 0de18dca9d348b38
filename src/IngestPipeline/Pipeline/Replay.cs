using System.Runtime.CompilerServices;
using IngestPipeline.Archive;
using IngestPipeline.Deduplication;
using IngestPipeline.Extraction;
using IngestPipeline.Fetching;
using IngestPipeline.Pipeline.Forgetting;
using IngestPipeline.Pipeline.Learning;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>
/// Replays an archive: feeds, articles, decisions, records, day by day under the archive's own times. What is written is a function of the
/// archive, the rules and the options, whatever the number of workers and however often it runs.
/// </summary>
public static class Replay
{
    /// <summary>Extracted pages that may wait for each worker: about as many as it extracts while a day is published.</summary>
    private const int Ahead = 32;

    /// <summary>Replays into a store.</summary>
    /// <param name="archive">The archive; the caller disposes it.</param>
    /// <param name="store">The store to write to.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told how many articles are done, after each.</param>
    /// <param name="cancellation">Stops; running again goes on and ends with the same bytes.</param>
    /// <exception cref="StorageException">The store cannot be reached, is damaged, or is being written by another run.</exception>
    public static async Task<ReplayResult> RunAsync(
        WebArchive archive, IBlobStore store, ReplayOptions options, IProgress<long>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        var linked = options.Articles == ArticleChoice.Linked || (options.Articles == ArticleChoice.Auto && archive.HoldsFeeds);
        var version = PipelineVersion.Of(options.Pipeline);
        // A new store's header waits for the disk while the first pages are extracted.
        var header = await StoreOpening.BeginAsync(store, version, options.NewRun, cancellation).ConfigureAwait(false);
        await using var opening = header.ConfigureAwait(false);
        if (header.Refusal is { } refusal)
            return new(null, refusal);
        // Two writers of one run are told apart by the manifest's ETag; who would only fight with a back-fill that decides does not begin.
        if (await WriterLease.IsTakenAsync(store, version, TimeProvider.System, cancellation).ConfigureAwait(false))
            throw new StorageException($"{store.Location}: a back-fill is writing to this store. Wait until it has ended, then run again.");

        var target = StoreRuns.At(store, header.Prefix);
        using var book = new DecisionBook(options.TemporaryFolder);
        using var cards = new StoredCards(target, options.TemporaryFolder);
        var forgotten = await Tombstones.ReadAsync(store, cancellation).ConfigureAwait(false);
        using var entries = new EntryBook(options.TemporaryFolder, forgotten);
        using var handler = new ArchiveHandler(archive, failsAgain: true);
        using var fetcher = new PageFetcher(handler);
        var ledger = new ReplayLedger();
        var decisions = new DecisionStage(
            target, book, new CopyDecider(new() { WindowDays = options.Pipeline.CopyWindowDays }, new(cards, id => book.Find(id)?.Decision)),
            options.Pipeline.CopyWindowDays, cards);
        var lessons = new ReplayLessons(target, version, options.Pipeline.LearnDays, archive.Learned());
        var articles = new ArticleWriter(target, book, decisions, ledger, lessons, version, forgotten, progress);
        await using var writing = articles.ConfigureAwait(false);
        var ingest = new ArticleIngest(fetcher, options.Extractor ?? new ArticleExtractor(), options.Pipeline);
        var (day, counts) = ((string?)null, default(PublishCounts));
        // Pages are extracted while a day is published, the next day's among them, and taken when it is.
        await OrderedParallel.RunAsync(
            Steps(new ArchivePolls(archive, fetcher, entries, ledger, options.Pipeline, options.Feeds, forgotten).Days(linked), cancellation),
            options.Workers,
            async (step, token) => (step.Day, Result: step.Request is { } request ? await ingest.ProcessAsync(request, token).ConfigureAwait(false) : null),
            async step =>
            {
                if (step.Result is { } result)
                {
                    await articles.TakeAsync(lessons.Apply(result), cancellation).ConfigureAwait(false);
                    return;
                }

                await EndDayAsync().ConfigureAwait(false);
                day = step.Day;
                await lessons.BeginAsync(step.Day, cancellation).ConfigureAwait(false);
            },
            cancellation,
            Ahead).ConfigureAwait(false);
        await EndDayAsync().ConfigureAwait(false);
        await header.FinishAsync(cancellation).ConfigureAwait(false);
        return new(new ReplaySummary
        {
            Store = store.Location,
            PipelineVersion = version,
            Prefix = header.Prefix,
            Linked = linked,
            Captures = archive.Captures,
            Feeds = ledger.Feeds,
            Polls = ledger.Polls,
            FeedProblems = ledger.Problems,
            Entries = ledger.Entries,
            Articles = ledger.Articles,
            ArticlesIn = ledger.ArticlesIn,
            Rechecks = ledger.Rechecks,
            Reasons = ledger.Reasons,
            Stripped = ledger.Stripped,
            Kinds = book.Kinds(),
            Groups = [.. book.LargestGroups(10).Select(canonical => (IReadOnlyList<PublishedDecision>)[canonical, .. book.Members(canonical.Id)])],
            Faults = archive.Faults,
            IndexRebuilt = decisions.Rebuilt,
            Changes = articles.Written + counts.Decisions + counts.Records,
        });

        async Task EndDayAsync()
        {
            // Before the first day comes what an earlier run left half done.
            if (day is null)
                await header.MadeAsync().ConfigureAwait(false);
            else
                await articles.FlushAsync(cancellation).ConfigureAwait(false);
            counts += day is null
                ? await decisions.OpenAsync(cancellation).ConfigureAwait(false)
                : await decisions.PublishAsync(day, cancellation).ConfigureAwait(false);
        }
    }

    // Each day with nothing asked for at its beginning, then with each of its requests.
    private static async IAsyncEnumerable<(string Day, ArticleRequest? Request)> Steps(
        IEnumerable<(string Day, IAsyncEnumerable<ArticleRequest> Requests)> days, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (var (day, requests) in days)
        {
            yield return (day, null);
            await foreach (var request in requests.WithCancellation(cancellation).ConfigureAwait(false))
                yield return (day, request);
        }
    }
}
