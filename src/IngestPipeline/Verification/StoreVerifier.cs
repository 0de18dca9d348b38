using IngestPipeline.Deduplication;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Verification;

/// <summary>
/// Checks on any store what must hold between two runs (<see cref="StoreInvariant"/>), says in words what does not, and mends what can be derived
/// again. Reads every article and record of the current run once. A pipeline may be running; what it is just writing may then show as a problem.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="time">The clock, for work that is listed anew.</param>
/// <param name="temporaryFolder">Where temporary indexes are kept; null = the system's folder.</param>
public sealed class StoreVerifier(IBlobStore store, TimeProvider time, string? temporaryFolder = null)
{
    /// <summary>True reads every capture, too; that costs as much again as all the rest.</summary>
    public bool ReadsCaptures { get; init; }

    /// <summary>Verifies, and repairs when asked.</summary>
    /// <param name="repair">True to mend what can be mended. Articles are never changed.</param>
    /// <param name="cancellation">Stops between checks; what was mended stays mended.</param>
    /// <exception cref="StorageException">The store cannot be reached, or another writer is at work.</exception>
    public async Task<VerifyReport> RunAsync(bool repair, CancellationToken cancellation)
    {
        var findings = new Findings(repair);
        var run = await RunOfAsync(findings, cancellation).ConfigureAwait(false);
        if (repair)
            await FinishAsync(run, cancellation).ConfigureAwait(false);

        using var book = new DecisionBook(temporaryFolder);
        var decisions = new DecisionCheck(run, book, findings);
        var manifest = await decisions.RunAsync(cancellation).ConfigureAwait(false);
        await BehindAsync(manifest, findings).ConfigureAwait(false);
        if (decisions.IsWhole)
            await new IndexCheck(run, manifest, book, findings).RunAsync(cancellation).ConfigureAwait(false);
        var articles = new ArticleCheck(run, book, decisions.IsWhole, new ViewWriter(run, book), findings);
        await articles.RunAsync(cancellation).ConfigureAwait(false);
        await new DerivedCheck(run, manifest, findings).RunAsync(cancellation).ConfigureAwait(false);
        await new LearnedCheck(run, findings).RunAsync(cancellation).ConfigureAwait(false);
        var ledger = new LedgerCheck(store, run, decisions.IsWhole ? book : null, time, findings);
        await ledger.RunAsync(cancellation).ConfigureAwait(false);
        await new FeedCheck(store, findings).RunAsync(cancellation).ConfigureAwait(false);
        var forgotten = await new ForgottenCheck(store, run, book, findings).RunAsync(cancellation).ConfigureAwait(false);

        var captures = ReadsCaptures ? await new CaptureCheck(store, findings).RunAsync(cancellation).ConfigureAwait(false) : 0;

        var quarantined = 0;
        await foreach (var item in store.ListAsync(StoreNames.Quarantine, cancellation).ConfigureAwait(false))
        {
            quarantined++;
            if (await QuarantineFiles.ReadAsync(store, item.Name, cancellation).ConfigureAwait(false) is null)
                findings.ByHand(
                    StoreInvariant.Accounted, item.Name, "this message that was set aside cannot be read: cut off or overwritten",
                    "delete it: its article stays ended as quarantined, and a later change of its entry asks for it again");
        }

        return new(findings.Problems, articles.Articles, articles.Records, ledger.Requests, ledger.Pending, quarantined)
        {
            Forgotten = forgotten, Undecided = articles.Undecided, Captures = captures
        };
    }

    private async Task<IBlobStore> RunOfAsync(Findings findings, CancellationToken cancellation)
    {
        if (await store.ReadAsync(StoreNames.Header, cancellation).ConfigureAwait(false) is not { } stored)
            throw StoreSchema.NotAStore(store.Location);
        if (StoreHeader.Read(stored.Content.Span) is { } header)
            return StoreRuns.At(store, StoreSchema.Readable(store.Location, header).Prefix);
        findings.ByHand(
            StoreInvariant.Complete, StoreNames.Header, "it is no store's header",
            "restore it from a copy: {\"schema\":\"store/1\",\"pipelineVersion\":\"…\",\"prefix\":\"\",\"earlier\":[]}");
        return store;
    }

    // What a crash left half done is finished as the next run would, if what that stands on is sound.
    private async Task FinishAsync(IBlobStore run, CancellationToken cancellation)
    {
        var before = new Findings(repair: false);
        using var probe = new DecisionBook(temporaryFolder);
        await new DecisionCheck(run, probe, before).RunAsync(cancellation).ConfigureAwait(false);
        if (before.Problems.Count > 0)
            return;
        using var book = new DecisionBook(temporaryFolder);
        try
        {
            await new DecisionStage(run, book, new CopyDecider(), new PipelineOptions().CopyWindowDays).OpenAsync(cancellation).ConfigureAwait(false);
        }
        catch (StorageException e) when (e.IsDamage)
        {
            // The checks that follow say what is missing.
        }
    }

    private static Task BehindAsync(DecisionManifest manifest, Findings findings) => manifest.Viewed >= manifest.Published
        ? Task.CompletedTask
        : findings.RepairableAsync(
            StoreInvariant.Derived,
            StoreNames.DecisionManifest,
            FormattableString.Invariant(
                $"the view shows {manifest.Viewed} of {manifest.Published} publications: a run died between deciding and writing records"),
            "write the records of the others",
            () => Task.CompletedTask);
}
