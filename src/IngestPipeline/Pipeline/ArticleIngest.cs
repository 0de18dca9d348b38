using IngestPipeline.Archive;
using IngestPipeline.Extraction;
using IngestPipeline.Fetching;
using IngestPipeline.Pipeline.Pages;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>The costly stage, without state: fetch, extract, strip, and choose between the page's text and the feed's.</summary>
public sealed class ArticleIngest(PageFetcher fetcher, ArticleExtractor extractor, PipelineOptions options)
{
    private readonly FeedText _feedText = new(extractor);
    private readonly WholePage _pages = new(fetcher, extractor);

    /// <summary>Works on one request. The result is a function of the request, what the fetcher answers, rules and options.</summary>
    /// <remarks>
    /// A page that is unavailable ends as it would if it were never tried again (Refused, or what the feed carries): whoever may try again looks at
    /// <see cref="IngestResult.Fetched"/>. One that was deferred is <see cref="Disposition.Pending"/>.
    /// </remarks>
    public async Task<IngestResult> ProcessAsync(ArticleRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Fetch is null)
            return FromFeed(request, null, Disposition.NoText, "the feed's entry names no page");

        using var bodies = new RentedBodies();
        var reading = await Over(fetcher.Into(bodies)).ReadAsync(request, cancellation).ConfigureAwait(false);
        return Judge(request, reading) with { Fetched = reading.Fetched with { Body = default } };
    }

    /// <summary>The same stage over another web: captures instead of the network.</summary>
    internal ArticleIngest Over(PageFetcher other) => new(other, extractor, options);

    /// <summary>The same stage for a worker whose claim on the article ends, counting what it asks for.</summary>
    internal ArticleIngest Until(DateTimeOffset end, FetchMeter meter) => Over(fetcher.Until(end, meter));

    /// <summary>The fetch of a request that names a page.</summary>
    internal async Task<PageReading> ReadAsync(ArticleRequest request, CancellationToken cancellation)
    {
        var fetched = await FetchAsync(request, cancellation).ConfigureAwait(false);
        return await _pages.ReadAsync(request.Fetch!, fetched, cancellation).ConfigureAwait(false);
    }

    private async Task<FetchResult> FetchAsync(ArticleRequest request, CancellationToken cancellation)
    {
        var fetched = await fetcher.FetchAsync(request.Fetch!, request.AsOf, PageFetcher.MaxPageBytes, cancellation).ConfigureAwait(false);
        // Feeds add click-tracking to links; the page may have been captured without it.
        if (fetched.Status == FetchStatus.NotArchived && request.Url is { } url && url.Text != request.Fetch!.AbsoluteUri)
            fetched = await fetcher.FetchAsync(new(url.Text), request.AsOf, PageFetcher.MaxPageBytes, cancellation).ConfigureAwait(false);
        return fetched;
    }

    /// <summary>What a reading means for a request; several requests may share one.</summary>
    internal IngestResult Judge(ArticleRequest request, PageReading reading)
    {
        var fetched = reading.Fetched;
        switch (fetched.Status)
        {
            case FetchStatus.NotArchived:
                return Unarchived(request, fetched.Reason);
            case FetchStatus.Gone:
                return FromFeed(request, fetched, Disposition.Gone, fetched.Reason);
            case FetchStatus.Paywalled:
                return FromFeed(request, fetched, Disposition.Paywalled, fetched.Reason);
            case FetchStatus.TooLarge:
                return FromFeed(request, fetched, Disposition.TooLarge, fetched.Reason);
            case FetchStatus.Refused or FetchStatus.Unavailable:
                return FromFeed(request, fetched, Disposition.Refused, fetched.Reason);
            case FetchStatus.Disallowed:
                return FromFeed(request, fetched, Disposition.Disallowed, fetched.Reason);
            case FetchStatus.Deferred or FetchStatus.NotModified:
                return new(request, fetched.Status == FetchStatus.Deferred ? Disposition.Pending : Disposition.Unchanged, fetched.Reason);
        }

        // Sent as a page and neither one nor a file of any kind: what the feed says of it stays.
        if (reading.Page is null && BinaryFiles.IsBroken(fetched.Body.Span, fetched.ContentType))
            return FromFeed(request, fetched, Disposition.NoText, "the page is made of bytes that are no text");
        if (reading.Page is not { } page)
            return new(request, Disposition.NotAnArticle, "the address answers with a file that is no page");
        if (reading.Wall is { } wall)
            return FromFeed(request, fetched, Disposition.NoText, wall);
        // Its metadata are another page's: the entry's headline stays.
        if (LostPage.Reason(request, reading, page) is { } lost)
            return FromFeed(request, fetched, Disposition.Gone, lost) with { IsLost = true };
        return page.Outcome switch
        {
            ExtractionOutcome.Article => FromPage(request, reading, page),
            ExtractionOutcome.NotAnArticle => new(request, Disposition.NotAnArticle, page.Reason),
            ExtractionOutcome.Paywalled => FromFeed(request, fetched, Disposition.Paywalled, page.Reason, page),
            ExtractionOutcome.Refused => FromFeed(request, fetched, Disposition.Refused, page.Reason, page),
            _ => FromFeed(request, fetched, Disposition.NoText, page.Reason ?? "no article text was found", page),
        };
    }

    private IngestResult FromPage(ArticleRequest request, PageReading reading, ExtractedArticle page)
    {
        var fetched = reading.Fetched;
        // Markup is never shorter than its text: most entries are known to carry less than the page without being read.
        if (request.Entry is not null && FeedText.Markup(request.Entry)?.Length > page.TextLength * 2
            && _feedText.Of(request.Entry) is { } feed && FeedText.Wins(feed.Text, page.Text))
            return new(
                request, Disposition.FeedOnly, "the feed carries more of the article than its page",
                ArticleBuilder.Build(request, fetched, page, feed, TextSource.Feed));

        var article = ArticleBuilder.Build(request, fetched, page, page, reading.IsText ? TextSource.Text : TextSource.Page);
        return new(request, Disposition.Written, null, reading.Flags.Count == 0 ? article : article with { Flags = [.. article.Flags, .. reading.Flags] });
    }

    private IngestResult FromFeed(ArticleRequest request, FetchResult? fetched, Disposition without, string? reason, ExtractedArticle? page = null)
    {
        if (request.IsRecheck || request.Entry is not { } entry)
            return new(request, without, reason);

        var feed = _feedText.Of(entry);
        if (feed?.TextLength >= options.FeedTextLength)
            return new(request, Disposition.FeedOnly, reason, ArticleBuilder.Build(request, fetched, page, feed, TextSource.Feed));

        return string.IsNullOrWhiteSpace(entry.Title)
            ? new(request, without, reason)
            : new(request, Disposition.FeedOnly, reason, ArticleBuilder.Build(request, fetched, page, feed, TextSource.Headline));
    }

    // Only a feed that carries the article itself can stand in for a page that was never captured.
    private IngestResult Unarchived(ArticleRequest request, string? reason) =>
        request.Entry?.Content?.Length >= options.FeedTextLength && _feedText.Of(request.Entry) is { } feed && feed.TextLength >= options.FeedTextLength
            ? new(request, Disposition.FeedOnly, reason, ArticleBuilder.Build(request, null, null, feed, TextSource.Feed))
            : new(request, Disposition.NotArchived, reason);
}
