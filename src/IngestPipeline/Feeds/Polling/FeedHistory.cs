using IngestPipeline.Feeds.Lists;

namespace IngestPipeline.Feeds.Polling;

/// <summary>
/// Where the reading of a feed's earlier documents stands (RFC 5005: <c>prev-archive</c>, <c>next</c>; JSON Feed: <c>next_url</c>). Immutable.
/// </summary>
/// <param name="Page">The document to read next.</param>
/// <param name="Left">How many documents may be read yet, this one included.</param>
/// <param name="NotBefore">When it is read at the earliest.</param>
public sealed record FeedHistory(Uri Page, int Left, DateTimeOffset NotBefore)
{
    /// <summary>True when a gap is closed: the reading ends with the first document that shows an entry known before.</summary>
    public bool UntilKnown { get; init; }

    /// <summary>Failures in a row; a document that fails <see cref="MostFailures"/> times ends the reading.</summary>
    public int Failures { get; init; }

    /// <summary>How often one document is tried.</summary>
    public const int MostFailures = 5;

    /// <summary>The state with a reading begun, where one is wanted: as far back as the feeds file says, once; else over a gap between two polls.</summary>
    /// <param name="state">The state after a poll that worked.</param>
    /// <param name="feed">The user's settings.</param>
    /// <param name="gap">The latest poll that showed no entry known before; null = there was none.</param>
    /// <param name="now">The time.</param>
    /// <param name="options">Bounds.</param>
    public static FeedState Begin(FeedState state, FeedSettings feed, DateTimeOffset? gap, DateTimeOffset now, PollOptions options)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(feed);
        ArgumentNullException.ThrowIfNull(options);
        var isGap = state.IsOpen(gap);
        if (state.History is not null || (!isGap && feed.History <= state.HistoryAsked))
            return state;
        if (isGap)
            state = state with { GapTaken = gap };
        if (state.Earlier is not { } page)
            return isGap
                ? state with { HistoryProblem = string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"on {gap:yyyy-MM-dd HH:mm} it showed no entry of the document before, and it names no document with earlier ones") }
                : state;
        state = state with { HistoryProblem = null };
        var first = now + options.HistoryGap;
        return feed.History > state.HistoryAsked
            ? state with { HistoryAsked = feed.History, History = new(page, feed.History, first) }
            : state with { History = new(page, options.CatchUpPages, first) { UntilKnown = true } };
    }

    /// <summary>What follows a document that was read: the one that it names, or null when the reading is over.</summary>
    /// <param name="earlier">The document before it, as it says.</param>
    /// <param name="isKnown">It shows an entry that was known before the gap.</param>
    /// <param name="now">The time.</param>
    /// <param name="options">Bounds.</param>
    internal FeedHistory? After(Uri? earlier, bool isKnown, DateTimeOffset now, PollOptions options) =>
        earlier is null || earlier == Page || Left <= 1 || (UntilKnown && isKnown)
            ? null
            : this with { Page = earlier, Left = Left - 1, NotBefore = now + options.HistoryGap, Failures = 0 };

    /// <summary>The same after a failure; null when it was one too many.</summary>
    internal FeedHistory? AfterFailure(TimeSpan? retryAfter, DateTimeOffset now, PollOptions options)
    {
        var wait = options.Backoff * Math.Pow(2, Failures);
        return Failures + 1 >= MostFailures ? null : this with { Failures = Failures + 1, NotBefore = now + (retryAfter > wait ? retryAfter.Value : wait) };
    }
}
