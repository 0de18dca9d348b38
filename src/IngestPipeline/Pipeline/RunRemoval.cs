using IngestPipeline.Deduplication;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>A run of a store, opened to take articles out of its decisions and of all that is made of these.</summary>
internal sealed class RunRemoval : IDisposable
{
    private readonly ArticleRemoval _removal;
    private readonly DecisionStage? _stage;

    private RunRemoval(DecisionBook book, ArticleRemoval removal, DecisionStage? stage) => (Book, _removal, _stage) = (book, removal, stage);

    /// <summary>The latest decisions.</summary>
    public DecisionBook Book { get; }

    /// <param name="run">The run, as a store of its own.</param>
    /// <param name="pipeline">The options that copies are decided with.</param>
    /// <param name="temporaryFolder">Where temporary indexes are kept; null = the system's folder.</param>
    /// <param name="readOnly">True finishes nothing that a crash left half done, and can publish nothing.</param>
    /// <param name="cancellation">Stops between segments.</param>
    public static async Task<RunRemoval> OpenAsync(
        IBlobStore run, PipelineOptions pipeline, string? temporaryFolder, bool readOnly, CancellationToken cancellation)
    {
        var book = new DecisionBook(temporaryFolder);
        try
        {
            var removal = new ArticleRemoval(run, book, pipeline.CopyWindowDays);
            if (readOnly)
            {
                await ReadAsync(run, book, cancellation).ConfigureAwait(false);
                return new(book, removal, null);
            }

            var stage = new DecisionStage(run, book, new CopyDecider(new() { WindowDays = pipeline.CopyWindowDays }), pipeline.CopyWindowDays);
            await stage.OpenAsync(cancellation).ConfigureAwait(false);
            return new(book, removal, stage);
        }
        catch
        {
            book.Dispose();
            throw;
        }
    }

    /// <summary>What would be published.</summary>
    public Task<IReadOnlyList<PublishedDecision>> PlanAsync(IReadOnlyCollection<string> ids, string cause, CancellationToken cancellation) =>
        _removal.DecideAsync(ids, cause, cancellation);

    /// <summary>Publishes it, and takes what segments say of articles that are not there any more out of them.</summary>
    public Task PublishAsync(string day, IReadOnlyList<PublishedDecision> lines, CancellationToken cancellation) =>
        _stage!.RemoveAsync(day, lines, cancellation);

    public void Dispose() => Book.Dispose();

    private static async Task ReadAsync(IBlobStore run, DecisionBook book, CancellationToken cancellation)
    {
        if (await run.ReadAsync(StoreNames.DecisionManifest, cancellation).ConfigureAwait(false) is not { } manifest)
            return;
        foreach (var segment in DecisionManifest.Read(manifest.Content.Span).Segments)
        {
            var blob = await run.ReadAsync(segment.Name, cancellation).ConfigureAwait(false)
                ?? throw new StorageException(
                    $"{run.Location}: {segment.Name} is missing though the manifest names it; the store is damaged. 'ingest verify' says more.") { IsDamage =
                        true };
            foreach (var decision in DecisionLines.Read(blob.Content))
                book.Put(decision);
        }
    }
}
