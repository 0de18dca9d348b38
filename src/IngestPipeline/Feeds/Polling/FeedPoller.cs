using System.Globalization;
using System.Security.Cryptography;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Fetching;
using IngestPipeline.Records;

namespace IngestPipeline.Feeds.Polling;

/// <summary>Polls one feed politely: conditionally, and told what the server and the feed themselves ask for.</summary>
/// <param name="fetcher">The HTTP pipeline.</param>
/// <param name="reader">Reads the document.</param>
/// <param name="time">The clock.</param>
/// <param name="options">The schedule's bounds.</param>
public sealed class FeedPoller(PageFetcher fetcher, FeedReader reader, TimeProvider time, PollOptions options)
{
    private static readonly TimeSpan DeadAfter = TimeSpan.FromDays(3);

    /// <summary>The same for a worker whose claim on the feed ends.</summary>
    internal FeedPoller Until(DateTimeOffset end) => new(fetcher.Until(end), reader, time, options);

    /// <summary>Polls a feed once. Never throws for what a server does: the result says it in words.</summary>
    /// <param name="feed">The user's settings.</param>
    /// <param name="state">What is known from earlier polls.</param>
    /// <param name="headers">The feed's credential as header fields; empty = none.</param>
    /// <param name="cancellation">Stops the poll; nothing is then known of it.</param>
    public async Task<PollResult> PollAsync(
        FeedSettings feed, FeedState state, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(state);
        var now = time.GetUtcNow();
        if (state.HeldUntil(feed, now) is { } held)
            return Result(PollKind.Deferred, state with { Problem = "the feed's cap for the day is reached" }, now, feed) with { NotBefore = held };

        var isConditional = IsConditional(state, now);
        var fetched = await fetcher.FetchAsync(
            new FetchRequest(state.Url)
            {
                MaxBytes = PageFetcher.MaxFeedBytes,
                ETag = isConditional ? state.ETag : null,
                LastModified = isConditional ? state.LastModified : null,
                Headers = headers,
                WantsFeed = true,
            },
            cancellation).ConfigureAwait(false);
        if (fetched.Status == FetchStatus.Deferred)
            return Result(PollKind.Deferred, state, now, feed) with { NotBefore = fetched.NotBefore ?? now + options.Floor };

        state = state.Spend(now, 1, fetched.Bytes) with { LastPoll = now };
        if (fetched.Status is FetchStatus.Fetched or FetchStatus.NotModified)
        {
            state = state with
            {
                Url = fetched.MovedTo ?? state.Url,
                LastUnconditional = isConditional ? state.LastUnconditional : now,
                FailingSince = null,
                Failures = 0,
                Problem = null,
            };
            return fetched.Status == FetchStatus.NotModified
                ? Unmodified(PollKind.NotModified, fetched, state, now, feed)
                : Read(fetched, state, now, feed, isConditional);
        }

        return fetched.StatusCode == 410
            ? Result(
                PollKind.Stopped,
                state with { Health = FeedHealth.Stopped, Problem = "the server says that the feed is gone for good (410): remove it, or give its new address" },
                now, feed)
            : Failed(fetched.Reason ?? "no answer", fetched.RetryAfter, state, now, feed);
    }

    private PollResult Read(FetchResult fetched, FeedState state, DateTimeOffset now, FeedSettings feed, bool wasConditional)
    {
        // A server that answers 200 and the validators that it was sent has nothing new.
        if (wasConditional && fetched.ETag is not null && fetched.ETag == state.ETag && fetched.LastModified == state.LastModified)
            return Unmodified(PollKind.NotModified, fetched, state, now, feed);
        var hash = Convert.ToHexStringLower(SHA256.HashData(fetched.Body.Span));
        if (hash == state.BodyHash)
            return Unmodified(PollKind.Same, fetched, state, now, feed);

        var url = fetched.FinalUrl ?? state.Url;
        var document = reader.Read(fetched.Body, new(url, fetched.ContentType, fetched.ContentLocation, fetched.ContentLanguage));
        if (!document.IsFeed)
            return Failed(NotAFeed(fetched, document), null, state, now, feed) with { Document = document };

        // A page that answers for a sitemap index names sitemaps, not articles: the list should name those.
        var source = ArticleFeed.Of(url.AbsoluteUri, document.Feed);
        state = Validators(state, fetched) with
        {
            BodyHash = hash,
            Title = source.Title ?? state.Title,
            AskedWait = document.Feed.PollInterval,
            SkipHours = document.Feed.SkipHours,
            SkipDays = document.Feed.SkipDays,
            Hub = document.Feed.Hub,
            Earlier = document.Feed.Earlier,
            Problem = document.Error is { } error ? "read as far as possible: " + error : null,
        };
        return Result(PollKind.Read, state, now, feed) with
        {
            Document = document,
            Feed = source,
            Captured = fetched.Captured,
            CacheWait = CacheWait(fetched, now),
            Problem = state.Problem,
        };
    }

    private PollResult Unmodified(PollKind kind, FetchResult fetched, FeedState state, DateTimeOffset now, FeedSettings feed) =>
        Result(kind, Validators(state, fetched), now, feed) with { Captured = fetched.Captured, CacheWait = CacheWait(fetched, now) };

    private PollResult Failed(string problem, TimeSpan? retryAfter, FeedState state, DateTimeOffset now, FeedSettings feed)
    {
        var since = state.FailingSince ?? now;
        state = state with
        {
            Failures = state.Failures + 1,
            FailingSince = since,
            Problem = problem,
            Health = now - since >= DeadAfter ? FeedHealth.Dead : FeedHealth.Failing,
        };
        return Result(PollKind.Failed, state, now, feed) with { Problem = problem, RetryAfter = retryAfter };
    }

    private PollResult Result(PollKind kind, FeedState state, DateTimeOffset now, FeedSettings feed) =>
        new() { Kind = kind, State = state, Polled = now, Shortest = feed.Interval, Options = options };

    // Kept on every answer, 304 and same bodies too: a server may change them without changing the feed. A 304 may leave them out.
    private static FeedState Validators(FeedState state, FetchResult fetched) => fetched.Status == FetchStatus.NotModified
        ? state with { ETag = fetched.ETag ?? state.ETag, LastModified = fetched.LastModified ?? state.LastModified }
        : IsNeverFresh(fetched)
            ? state with { ETag = null, LastModified = null }
            : state with { ETag = fetched.ETag, LastModified = fetched.LastModified };

    // Servers that say "Expires: 0" are known to send validators of an old document (Miniflux ignores them, too).
    private static bool IsNeverFresh(FetchResult fetched) => fetched.Expires <= DateTimeOffset.UnixEpoch;

    // Some servers answer 304 for ever, or date their feed in the future: ask in full once in a while.
    private bool IsConditional(FeedState state, DateTimeOffset now)
    {
        if (state.ETag is null && state.LastModified is null)
            return false;
        if (state.LastUnconditional is null || now - state.LastUnconditional >= options.UnconditionalEvery)
            return false;
        return !(DateTimeOffset.TryParse(state.LastModified, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var modified)
            && modified > now.AddDays(1) && now - state.LastUnconditional >= options.Cap);
    }

    private static TimeSpan? CacheWait(FetchResult fetched, DateTimeOffset now) =>
        fetched.MaxAge ?? (fetched.Expires is { } expires && expires > now ? expires - now : null);

    private static string NotAFeed(FetchResult fetched, FeedReadResult document)
    {
        var start = System.Text.Encoding.Latin1.GetString(fetched.Body.Span[..Math.Min(fetched.Body.Length, 512)]);
        return start.Contains("<html", StringComparison.OrdinalIgnoreCase) || start.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase)
            ? "the address answers with a web page, not a feed: ask 'ingest feeds discover' for the page's feeds"
            : $"the answer is no feed: {document.Error}";
    }
}
