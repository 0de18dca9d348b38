using IngestPipeline.Pipeline.Forgetting;
using IngestPipeline.Pipeline.Learning;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>
/// Takes ingested articles in request order: settles revision and disposition, writes the facts in batches, hands the articles to the
/// decision stage. One at a time; the costly work is behind it.
/// </summary>
internal sealed class ArticleWriter(IBlobStore store, DecisionBook book, DecisionStage decisions, ReplayLedger ledger, ReplayLessons lessons, string version, IReadOnlySet<string> forgotten, IProgress<long>? progress)
{
    private const int Batch = 256;

    private readonly List<BlobWrite> _blobs = new(Batch);
    private readonly List<DecidedArticle> _decided = new(Batch);
    private long _done;

    /// <summary>Article blobs created or changed.</summary>
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
        if (_blobs.Count >= Batch || _decided.Count >= Batch)
            await FlushAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes what is waiting. The facts are durable before any decision about them is published.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        if (_blobs.Count > 0)
            Written += await store.WriteBatchAsync(_blobs, cancellation).ConfigureAwait(false);
        await decisions.AddAsync(_decided, cancellation).ConfigureAwait(false);
        _blobs.Clear();
        _decided.Clear();
    }

    private void Settle(IngestResult result, Article article)
    {
        var place = book.Place(article.Id, article.Captured, article.ContentHash);
        if (place.Standing == CaptureStanding.Unchanged)
        {
            ledger.Article(Disposition.Unchanged, null);
            return;
        }

        ledger.Article(result.Disposition, result.Reason);
        ledger.Strip(article.Removed);
        if (place.Revision > 1)
            article = article with { Revision = place.Revision, FirstSeen = book.FirstSeen(article.Id) };

        lessons.Learn(article);
        var bytes = ArticleJson.Write(article, version);
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
