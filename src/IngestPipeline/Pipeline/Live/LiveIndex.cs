using IngestPipeline.Deduplication;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>The decisions and the index of copies, kept in memory from one run of the deduplication to the next.</summary>
internal sealed class LiveIndex : IDisposable
{
    private LiveIndex(DecisionBook book, DecisionStage stage) => (Book, Stage) = (book, stage);

    public DecisionBook Book { get; }

    public DecisionStage Stage { get; }

    /// <summary>Reads what the store decided before, and finishes what a crash left half done.</summary>
    public static async Task<LiveIndex> OpenAsync(IBlobStore run, PipelineOptions pipeline, string? temporaryFolder, CancellationToken cancellation)
    {
        var book = new DecisionBook(temporaryFolder);
        try
        {
            var decider = new CopyDecider(new() { WindowDays = pipeline.CopyWindowDays });
            var stage = new DecisionStage(run, book, decider, pipeline.CopyWindowDays);
            await stage.OpenAsync(cancellation).ConfigureAwait(false);
            return new(book, stage);
        }
        catch
        {
            book.Dispose();
            throw;
        }
    }

    public void Dispose() => Book.Dispose();
}
