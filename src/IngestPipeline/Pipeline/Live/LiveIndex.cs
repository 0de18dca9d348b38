using IngestPipeline.Deduplication;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>The decisions and the index of copies, kept at hand from one run of the deduplication to the next.</summary>
internal sealed class LiveIndex : IDisposable
{
    private readonly StoredCards _cards;

    private LiveIndex(DecisionBook book, StoredCards cards, DecisionStage stage) => (Book, _cards, Stage) = (book, cards, stage);

    public DecisionBook Book { get; }

    public DecisionStage Stage { get; }

    /// <summary>Reads what the store decided before, and finishes what a crash left half done.</summary>
    public static async Task<LiveIndex> OpenAsync(IBlobStore run, PipelineOptions pipeline, string? temporaryFolder, CancellationToken cancellation)
    {
        var book = new DecisionBook(temporaryFolder);
        var cards = new StoredCards(run, temporaryFolder);
        try
        {
            var decider = new CopyDecider(new() { WindowDays = pipeline.CopyWindowDays }, new(cards, id => book.Find(id)?.Decision));
            var stage = new DecisionStage(run, book, decider, pipeline.CopyWindowDays, cards);
            await stage.OpenAsync(cancellation, lazily: true).ConfigureAwait(false);
            return new(book, cards, stage);
        }
        catch
        {
            book.Dispose();
            cards.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Book.Dispose();
        _cards.Dispose();
    }
}
