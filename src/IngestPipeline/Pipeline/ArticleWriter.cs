using IngestPipeline.Pipeline.Forgetting;
using IngestPipeline.Pipeline.Learning;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>
/// Takes ingested articles in request order: settles revision and disposition, writes the facts in batches, hands the articles to the
/// decision stage. One at a time; the costly work is behind it.
/// </summary>
internal sealed class ArticleWriter(
    IBlobStore store, DecisionBook book, DecisionStage decisions, ReplayLedger ledger, ReplayLessons lessons, string version, IReadOnlySet<string> forgotten,
    IProgress<long>? progress)
    : IAsyncDisposable
{
    private const int Batch = 256;
    private const int WriteBatch = 64;

    private readonly List<DecidedArticle> _decided = new(Batch);
    private List<BlobWrite> _blobs = new(WriteBatch);
    private Task<int> _writing = Task.FromResult(0);
    private long _done;

    /// <summary>Article blobs created or changed, once all are flushed.</summary>
    public int Written { get; private set; }

    public async Task TakeAsync(IngestResult result, CancellationToken cancellation)
    {
        if (result.Article is { } made && forgotten.Covers(made))
            ledger.Article(Disposition.Forgotten, null);
        else if (result.Article is { } article)
            Settle(result, article);
        else
            ledger.Article(result.Disposition, result.Reason);
        progress?.Report(++_done);
        if (_blobs.Count >= WriteBatch)
            await WriteAsync(cancellation).ConfigureAwait(false);
        if (_decided.Count >= Batch)
            await DecideAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes and decides what is waiting. The facts are durable when this returns, before any decision about them is published.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        await WriteAsync(cancellation).ConfigureAwait(false);
        await DecideAsync(cancellation).ConfigureAwait(false);
        Written += await _writing.ConfigureAwait(false);
        _writing = Task.FromResult(0);
    }

    /// <summary>Waits for what is still being written, after a failure too.</summary>
    public async ValueTask DisposeAsync() => await ((Task)_writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Begins to write what is waiting, when what was begun before is written: extraction goes on meanwhile.</summary>
    private async Task WriteAsync(CancellationToken cancellation)
    {
        Written += await _writing.ConfigureAwait(false);
        _writing = _blobs.Count > 0 ? store.WriteBatchAsync(_blobs, cancellation) : Task.FromResult(0);
        _blobs = new(WriteBatch);
    }

    private async Task DecideAsync(CancellationToken cancellation)
    {
        await decisions.AddAsync(_decided, cancellation).ConfigureAwait(false);
        _decided.Clear();
    }

    private void Settle(IngestResult result, Article article)
    {
        var place = book.Place(article.Id, article.Captured, article.ContentHash, article.TextFrom != TextSource.Headline);
        if (place.Standing is CaptureStanding.Unchanged or CaptureStanding.Late)
        {
            ledger.Article(Disposition.Unchanged, place.Standing == CaptureStanding.Late ? "older than the text that the store has of it" : null);
            return;
        }

        ledger.Article(result.Disposition, result.Reason);
        ledger.Strip(article.Removed);
        if (place.Revision > 1)
            article = article with { Revision = place.Revision, FirstSeen = book.FirstSeen(article.Id) };

        lessons.Learn(article);
        if (place.Standing == CaptureStanding.Superseded)
            return;
        var bytes = ArticleJson.Write(article, version, decisions.Room);
        var name = StoreNames.Article(StoreNames.Day(article.FirstSeen), article.Id, article.Revision);
        _blobs.Add(new(name, bytes));
        // The store decided about it in an earlier run, and nothing about it is new.
        if (place.Standing == CaptureStanding.Stored)
            return;

        decisions.Remember(name, bytes);
        var metadata = article.Metadata;
        _decided.Add(new(
            CopyDocuments.Of(article),
            article.Revision,
            article.Captured,
            article.ContentHash,
            metadata.Outlet?.Value,
            article.Url,
            metadata.Title?.Value));
    }
}
