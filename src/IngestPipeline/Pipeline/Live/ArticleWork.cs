using IngestPipeline.Fetching;
using IngestPipeline.Pipeline.Forgetting;
using IngestPipeline.Pipeline.Learning;
using IngestPipeline.Pipeline.Pages;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>Ends requests: the article's facts first, then the inbox; the ledger follows when both stand.</summary>
internal sealed class ArticleWork(LiveStore store, ArticleIngest ingest, SiteMemories memories, LiveOptions options)
{
    /// <summary>Judges what a fetch gave for a request, and writes what it leads to.</summary>
    /// <returns>The change that accounts for it in the ledger, to be made on whatever stands there by then.</returns>
    public async Task<EndedWork> EndAsync(ArticleState state, PendingRequest pending, PageReading? reading, CancellationToken cancellation)
    {
        // A replay would take it first.
        if (pending.Kind == RequestKind.Feed && state.EndedBefore(pending) is { } after)
            await new LateMark(pending.AsOf, pending.FeedUrl, pending.EntryHash, after).WriteAsync(store.Root, cancellation).ConfigureAwait(false);
        var result = reading is null
            ? await ingest.ProcessAsync(pending.Request, cancellation).ConfigureAwait(false)
            : ingest.Judge(pending.Request, reading);
        result = await memories.ApplyAsync(result, cancellation).ConfigureAwait(false);
        var (disposition, revision) = (result.Disposition, (ArticleRevision?)null);
        string? day = null;
        if (result.Article is { } made && await IsForgottenAsync(made, cancellation).ConfigureAwait(false))
            (result, disposition) = (new(pending.Request, Disposition.Forgotten), Disposition.Forgotten);
        if (result.Article is { Captured: { } captured } article)
        {
            var hasText = article.TextFrom != TextSource.Headline;
            var place = state.Place(captured, article.ContentHash, hasText);
            if (place.Standing == CaptureStanding.Unchanged)
            {
                disposition = Disposition.Unchanged;
            }
            else
            {
                revision = new(place.Revision, captured, article.ContentHash, hasText);
                day = await WriteAsync(state, article, revision, cancellation).ConfigureAwait(false);
            }
        }

        var item = new InboxItem(state.Id, pending.Number, reading?.Fetched.Captured ?? pending.AsOf, disposition, day, revision?.Number ?? 0);
        await store.Root.CreateAsync(item.Name, item.ToJson(), cancellation).ConfigureAwait(false);
        return new(pending, disposition, result.Reason, revision, Recheck(pending, result, revision, reading?.Fetched), result.Article);
    }

    // Forgotten meanwhile, or led by a redirect to what was.
    private async Task<bool> IsForgottenAsync(Article article, CancellationToken cancellation) =>
        await Tombstones.HoldAsync(store.Root, article.Id, cancellation).ConfigureAwait(false)
        || (article.FinalUrl is { } final && ArticleUrl.TryCreate(final) is { } there && there.Id != article.Id && await Tombstones.HoldAsync(store.Root, there.Id, cancellation).ConfigureAwait(false));

    private async Task<string> WriteAsync(ArticleState state, Article article, ArticleRevision revision, CancellationToken cancellation)
    {
        if (revision.Number > 1)
            article = article with { Revision = revision.Number, FirstSeen = state.FirstSeen };
        var day = StoreNames.Day(article.FirstSeen);
        var name = StoreNames.Article(day, article.Id, article.Revision);
        var run = await store.RunAsync(cancellation).ConfigureAwait(false);
        var created = await run.CreateAsync(name, ArticleJson.Write(article, store.Version), cancellation).ConfigureAwait(false);
        return created.Written
            ? day
            : throw new StorageException(
                $"{store.Root.Location}: {name} holds other bytes than this capture gives; an article never changes. Look at it, and replay the capture into a new store if in doubt.");
    }

    // A page's own text is looked at again, and a page that could not be had; a new text begins the series anew.
    private ArticleRequest? Recheck(PendingRequest pending, IngestResult result, ArticleRevision? revision, FetchResult? fetched)
    {
        if (options.Rechecks.Count == 0 || pending.Kind == RequestKind.Recheck)
            return null;
        var from = result.Disposition == Disposition.Written ? revision?.Captured : result.IsLost || IsToCome(fetched) ? fetched?.Captured : null;
        return from is null ? null : pending.Request with
        {
            AsOf = from,
            IsRecheck = true,
            Entry = pending.Request.Entry is { } entry ? entry with { Content = null, Summary = null } : null,
        };
    }

    // A site was down for longer than tries go on, or its feed was quicker than its pages. What it says is gone (410) is not asked for again.
    private static bool IsToCome(FetchResult? fetched) => fetched is { Status: FetchStatus.Unavailable } or { Status: FetchStatus.Gone, StatusCode: 404 };
}
