using System.Runtime.CompilerServices;
using IngestPipeline.Archive;
using IngestPipeline.Feeds;
using IngestPipeline.Fetching;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>Turns an archive into article requests, in the order in which a pipeline would have made them, cut into days.</summary>
internal sealed class ArchivePolls(WebArchive archive, PageFetcher fetcher, EntryBook entries, ReplayLedger ledger, PipelineOptions options)
{
    private readonly FeedReader _reader = new();

    /// <summary>The days of the archive with their requests; each day's requests must be read before the next day is asked for.</summary>
    public IEnumerable<(string Day, IAsyncEnumerable<ArticleRequest> Requests)> Days(bool linked)
    {
        using var captures = (linked ? archive.Feeds() : archive.Pages()).GetEnumerator();
        var more = captures.MoveNext();
        while (more)
        {
            var day = StoreNames.Day(captures.Current.Date);
            yield return (day, linked ? FeedDay() : PageDay());

            async IAsyncEnumerable<ArticleRequest> FeedDay([EnumeratorCancellation] CancellationToken cancellation = default)
            {
                for (; more && StoreNames.Day(captures.Current.Date) == day; more = captures.MoveNext())
                {
                    await foreach (var request in PollAsync(captures.Current, cancellation).ConfigureAwait(false))
                        yield return request;
                }
            }

            async IAsyncEnumerable<ArticleRequest> PageDay()
            {
                for (; more && StoreNames.Day(captures.Current.Date) == day; more = captures.MoveNext())
                {
                    ledger.Asked();
                    yield return new(new Uri(captures.Current.Url), ArticleUrl.TryCreate(captures.Current.Url), captures.Current.Date);
                }

                await Task.CompletedTask.ConfigureAwait(false);
            }
        }
    }

    private async IAsyncEnumerable<ArticleRequest> PollAsync(Capture capture, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var url = new Uri(capture.Url);
        ledger.Polled(capture.Url);
        var fetched = await fetcher.FetchAsync(url, capture.Date, PageFetcher.MaxFeedBytes, cancellation).ConfigureAwait(false);
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

        var feed = new ArticleFeed(capture.Url, read.Feed.Title is { } title ? FeedPlainText.Of(title) : null, null);
        foreach (var (disposition, request) in entries.Take(feed, capture.Date, read.Entries, options.FeedTextLength))
        {
            ledger.Entry(disposition);
            if (request is null)
                continue;
            ledger.Asked();
            yield return request;
        }
    }
}
