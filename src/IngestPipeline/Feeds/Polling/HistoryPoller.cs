using IngestPipeline.Feeds.Lists;
using IngestPipeline.Fetching;
using IngestPipeline.Records;

namespace IngestPipeline.Feeds.Polling;

/// <summary>Reads one earlier document of a feed. Never throws for what a server does.</summary>
/// <param name="fetcher">The HTTP pipeline.</param>
/// <param name="reader">Reads the document.</param>
/// <param name="time">The clock.</param>
/// <param name="options">Bounds.</param>
public sealed class HistoryPoller(PageFetcher fetcher, FeedReader reader, TimeProvider time, PollOptions options)
{
    /// <summary>The same for a worker whose claim on the feed ends.</summary>
    internal HistoryPoller Until(DateTimeOffset end) => new(fetcher.Until(end), reader, time, options);

    /// <summary>Fetches and reads the document that <see cref="FeedState.History"/> names.</summary>
    /// <param name="feed">The user's settings.</param>
    /// <param name="state">The feed's state, with a history.</param>
    /// <param name="headers">The feed's credential as header fields; sent only where the document lies at the feed's own origin.</param>
    /// <param name="cancellation">Stops it; nothing is then known of it.</param>
    public async Task<HistoryResult> ReadAsync(
        FeedSettings feed, FeedState state, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(state);
        var history = state.History ?? throw new InvalidOperationException("The feed has no history to read.");
        var now = time.GetUtcNow();
        if (state.HeldUntil(feed, now) is { } held)
            return new(state with { History = history with { NotBefore = held } }, options);

        var isOwn = Uri.Compare(history.Page, feed.Url, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
        var fetched = await fetcher.FetchAsync(
            new FetchRequest(history.Page) { MaxBytes = PageFetcher.MaxFeedBytes, Headers = isOwn ? headers : [] }, cancellation).ConfigureAwait(false);
        if (fetched.Status == FetchStatus.Deferred)
            return new(state with { History = history with { NotBefore = fetched.NotBefore ?? now + options.HistoryGap } }, options);

        state = state.Spend(now, 1, fetched.Bytes);
        if (fetched.Status != FetchStatus.Fetched || fetched.Captured is not { } captured)
            return Failed(fetched.Reason ?? "no answer", fetched.RetryAfter);

        var url = fetched.FinalUrl ?? history.Page;
        var document = reader.Read(fetched.Body, new(url, fetched.ContentType, fetched.ContentLocation, fetched.ContentLanguage));
        return document.IsFeed
            ? new(state, options) { Document = document, Feed = ArticleFeed.Of(url.AbsoluteUri, document.Feed), Captured = captured, Read = now }
            : Failed($"the answer is no feed: {document.Error}", null);

        HistoryResult Failed(string problem, TimeSpan? retryAfter)
        {
            var next = history.AfterFailure(retryAfter, now, options);
            return new(
                state with { History = next, HistoryProblem = next is null ? $"its earlier entries end at {history.Page}: {problem}" : state.HistoryProblem },
                options);
        }
    }
}
