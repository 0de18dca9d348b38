using IngestPipeline.Deduplication;
using IngestPipeline.Pipeline.Forgetting;
using IngestPipeline.Pipeline.Learning;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Backfill;

/// <summary>
/// The one ordered pass over everything that was extracted: revisions, copies, records, as a replay in one process makes them; then the run becomes
/// the current one. Ended half-way, it is done again and ends with the same bytes.
/// </summary>
internal sealed class DecisionPass(IBlobStore root, LiveOptions options, PipelineOptions pipeline, string version)
{
    /// <summary>Decides about all parts.</summary>
    /// <param name="staging">Where they are.</param>
    /// <param name="polls">Which there are.</param>
    /// <param name="lease">Kept while this goes on.</param>
    /// <param name="refusal">Asked once more before the run becomes current: why it must not; null = it may.</param>
    /// <param name="cancellation">Stops between articles.</param>
    /// <returns>How articles ended and how much was written, or why the run is not current.</returns>
    public async Task<(ReplayLedger Ledger, int Changes, string? Refusal)> RunAsync(
        Staging staging, BackfillPolls polls, WriterLease lease, Func<Task<string?>> refusal, CancellationToken cancellation)
    {
        var header = await StoreOpening.OpenAsync(root, version, newRun: true, cancellation).ConfigureAwait(false);
        if (header.Refusal is { } unreadable)
            throw new FormatException(unreadable);
        var target = StoreRuns.At(root, header.Prefix);
        using var book = new DecisionBook(options.TemporaryFolder);
        using var cards = new StoredCards(target, options.TemporaryFolder);
        var ledger = new ReplayLedger();
        var decider = new CopyDecider(new() { WindowDays = pipeline.CopyWindowDays }, new(cards, id => book.Find(id)?.Decision));
        var decisions = new DecisionStage(target, book, decider, pipeline.CopyWindowDays, cards);
        var lessons = new ReplayLessons(target, version, pipeline.LearnDays, await staging.LinesAsync(Staging.Learned, cancellation).ConfigureAwait(false));
        // What was forgotten since the feeds were read is left out here.
        var forgotten = await Tombstones.ReadAsync(root, cancellation).ConfigureAwait(false);
        var articles = new ArticleWriter(target, book, decisions, ledger, lessons, version, forgotten, null);
        await using var writing = articles.ConfigureAwait(false);
        var counts = await decisions.OpenAsync(cancellation).ConfigureAwait(false);
        var part = 0;
        foreach (var (day, parts) in polls.Days)
        {
            await lessons.BeginAsync(day, cancellation).ConfigureAwait(false);
            for (var end = part + parts; part < end; part++)
            {
                foreach (var line in await staging.LinesAsync(Staging.ResultsOf(part), cancellation).ConfigureAwait(false))
                    await articles.TakeAsync(lessons.Apply(StagedResult.Read(line)), cancellation).ConfigureAwait(false);
                await lease.RenewAsync(cancellation).ConfigureAwait(false);
            }

            await articles.FlushAsync(cancellation).ConfigureAwait(false);
            counts += await decisions.PublishAsync(day, cancellation).ConfigureAwait(false);
        }

        var changes = articles.Written + counts.Decisions + counts.Records;
        if (await refusal().ConfigureAwait(false) is { } reason)
            return (ledger, changes, reason);
        await header.FinishAsync(cancellation).ConfigureAwait(false);
        return (ledger, changes, null);
    }
}
