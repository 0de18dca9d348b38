using System.Runtime.CompilerServices;
using IngestPipeline.Archive;
using IngestPipeline.Feeds;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Fetching;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>Turns an archive into article requests, in the order in which a pipeline would have made them, cut into days.</summary>
internal sealed class ArchivePolls(
    WebArchive archive, PageFetcher fetcher, EntryBook entries, ReplayLedger ledger, PipelineOptions options, FeedList? feeds, IReadOnlySet<string> forgotten)
{
    private readonly FeedReader _reader = new();
    private readonly FeedOwners _owners = new(feeds, archive, fetcher);
    private readonly FeedDocuments _documents = new(feeds, archive, fetcher);
    private LateEntries? _late;

    /// <summary>The days of the archive with their requests; each day's requests must be read before the next day is asked for.</summary>
    public IEnumerable<(string Day, IAsyncEnumerable<ArticleRequest> Requests)> Days(bool linked)
    {
        using var steps = (linked ? Merged() : archive.Pages().Select(c => new Step(c, null))).GetEnumerator();
        var more = steps.MoveNext();
        while (more)
        {
            var day = StoreNames.Day(steps.Current.Date);
            yield return (day, linked ? FeedDay() : PageDay());

            async IAsyncEnumerable<ArticleRequest> FeedDay([EnumeratorCancellation] CancellationToken cancellation = default)
            {
                for (; more && StoreNames.Day(steps.Current.Date) == day; more = steps.MoveNext())
                {
                    if (steps.Current.Mark is { } mark)
                    {
                        if ((mark.Late is { } late ? Late(late) : Again(mark.Recheck!)) is { } marked)
                            yield return marked;
                        continue;
                    }

                    await foreach (var request in PollAsync(steps.Current.Capture!, cancellation).ConfigureAwait(false))
                        yield return request;
                }
            }

            async IAsyncEnumerable<ArticleRequest> PageDay()
            {
                for (; more && StoreNames.Day(steps.Current.Date) == day; more = steps.MoveNext())
                {
                    var capture = steps.Current.Capture!;
                    var page = new ArticleRequest(new Uri(capture.Url), ArticleUrl.TryCreate(capture.Url), capture.Date);
                    ledger.Asked();
                    if (!IsForgotten(page))
                        yield return page;
                }

                await Task.CompletedTask.ConfigureAwait(false);
            }
        }
    }

    // Polls, pages asked for again and entries taken up late, in the order of their times; undated polls last.
    private IEnumerable<Step> Merged()
    {
        var found = archive.Marks().Select(m => LateMark.Of(m.Json) is { } late ? new Mark(late.After, null, late) : new Mark(m.Date, m, null)).ToList();
        _late = new(found.Select(m => m.Late).OfType<LateMark>());
        var marks = new Queue<Mark>(
            found.OrderBy(m => m.Date).ThenBy(m => m.Late?.Polled ?? default).ThenBy(m => m.Late?.Feed, StringComparer.Ordinal));
        foreach (var capture in archive.Feeds())
        {
            while (marks.TryPeek(out var next) && !(next.Date >= capture.Date))
                yield return new(null, marks.Dequeue());
            yield return new(capture, null);
        }

        foreach (var mark in marks)
            yield return new(null, mark);
    }

    private ArticleRequest? Late(LateMark mark)
    {
        if (_late!.Take(mark) is not { } held)
            return null;
        var disposition = entries.Take(held);
        ledger.Entry(disposition);
        if (disposition == EntryDisposition.Seen)
            return null;
        ledger.Asked();
        return held.Request;
    }

    private ArticleRequest? Again(ArchivedMark recheck)
    {
        if (RecheckMark.Request(recheck.Json) is not { } request)
        {
            ledger.Problem($"{recheck.Url}: the mark of asking again on {recheck.Date:O} cannot be read");
            return null;
        }

        ledger.AskedAgain();
        return IsForgotten(request) ? null : request;
    }

    private bool IsForgotten(ArticleRequest request)
    {
        if (request.Url is not { } url || !forgotten.Contains(url.Id))
            return false;
        ledger.Article(Disposition.Forgotten, null);
        return true;
    }

    private async IAsyncEnumerable<ArticleRequest> PollAsync(Capture capture, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var url = new Uri(capture.Url);
        ledger.Polled(capture.Url);
        var asked = new FetchRequest(url)
        {
            AsOf = capture.Date, MaxBytes = PageFetcher.MaxFeedBytes, Via = Uri.TryCreate(capture.Via, UriKind.Absolute, out var via) ? via : null
        };
        var fetched = await fetcher.FetchAsync(asked, cancellation).ConfigureAwait(false);
        if (fetched.Status != FetchStatus.Fetched)
        {
            ledger.Problem($"{capture.Url}: {fetched.Reason}");
            yield break;
        }

        var read = _reader.Read(fetched.Body, new(fetched.FinalUrl ?? url, fetched.ContentType, fetched.ContentLocation, fetched.ContentLanguage));
        if (read.Error is { } error)
            ledger.Problem($"{capture.Url}: {error}");
        // A sitemap index names sitemaps, not articles.
        if (!read.IsFeed || read.Format == FeedFormat.SitemapIndex)
            yield break;

        var feed = ArticleFeed.Of(capture.Url, read.Feed);
        var settings = await _owners.OfAsync(capture, cancellation).ConfigureAwait(false);
        await _owners.NamesAsync(settings, read.Feed, capture.Date, cancellation).ConfigureAwait(false);
        // What the feeds file leaves out, a live run never saw.
        var wanted = settings is null ? read.Entries : [.. read.Entries.Where(new FeedFilter(settings).Takes)];
        var document = await _documents.OfAsync(capture, cancellation).ConfigureAwait(false);
        foreach (var (disposition, request) in entries.Take(document, settings is null ? feed : feed.With(settings), capture.Date, wanted, options.FeedTextLength, _late))
        {
            ledger.Entry(disposition);
            if (request is null)
                continue;
            ledger.Asked();
            yield return request;
        }
    }

    private readonly record struct Step(Capture? Capture, Mark? Mark)
    {
        public DateTimeOffset? Date => Capture is null ? Mark!.Date : Capture.Date;
    }

    // Either a page asked for again or an entry taken up late.
    private sealed record Mark(DateTimeOffset Date, ArchivedMark? Recheck, LateMark? Late);
}
