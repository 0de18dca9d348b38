namespace IngestPipeline.Feeds.Polling;

/// <summary>What is known of a feed between two polls. Saved last, after the entries of a poll are accepted.</summary>
public sealed record FeedState
{
    // Machines that poll the same feeds may differ by so much.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan PagesFirst = TimeSpan.FromHours(1);

    /// <summary>The id in the list of feeds.</summary>
    public required string FeedId { get; init; }

    /// <summary>Where the feed is polled: the list's address, or where permanent redirects led.</summary>
    public required Uri Url { get; init; }

    /// <summary>The feed's own title, when it was last read.</summary>
    public string? Title { get; init; }

    /// <summary>The ETag as given, with quotes and <c>W/</c>.</summary>
    public string? ETag { get; init; }

    /// <summary>The Last-Modified field as given.</summary>
    public string? LastModified { get; init; }

    /// <summary>SHA-256 (hexadecimal) of the body last read.</summary>
    public string? BodyHash { get; init; }

    /// <summary>When a worker took the feed up; null when none has. The rest of the state stays as it was until that worker's entries are accepted.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>The first claim that did not end in a saved state: polls that were captured since may not be accepted yet. Null = all are.</summary>
    public DateTimeOffset? WorkedSince { get; init; }

    /// <summary>The last poll that was made, whatever it gave.</summary>
    public DateTimeOffset? LastPoll { get; init; }

    /// <summary>The last poll that was answered with a feed or with "not modified".</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>The last poll that brought something new.</summary>
    public DateTimeOffset? LastNew { get; init; }

    /// <summary>The last poll made without validators.</summary>
    public DateTimeOffset? LastUnconditional { get; init; }

    /// <summary>The first failure of the unbroken run of failures; null = the last poll worked.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Failures in a row.</summary>
    public int Failures { get; init; }

    /// <summary>When to poll next; null = at once, when new.</summary>
    public DateTimeOffset? NextPoll { get; init; }

    /// <summary>How it is doing.</summary>
    public FeedHealth Health { get; init; }

    /// <summary>What is wrong, in words, with what to do; null = nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>When entries come.</summary>
    public FeedRhythm Rhythm { get; init; } = FeedRhythm.Unknown;

    /// <summary>New entries of the last days on which there was a poll, oldest first, at most 30.</summary>
    public IReadOnlyList<DayCount> Daily { get; init; } = [];

    /// <summary>The wait that the feed asks for (ttl, sy:*), as last read.</summary>
    public TimeSpan? AskedWait { get; init; }

    /// <summary>See <see cref="Feed.SkipHours"/>.</summary>
    public int SkipHours { get; init; }

    /// <summary>See <see cref="Feed.SkipDays"/>.</summary>
    public int SkipDays { get; init; }

    /// <summary>The document with earlier entries that the feed named when it was last read; null = none.</summary>
    public Uri? Earlier { get; init; }

    /// <summary>The reading of earlier documents that is under way; null = none.</summary>
    public FeedHistory? History { get; init; }

    /// <summary>Why the last reading of earlier documents ended before its end, in words; null = it did not.</summary>
    public string? HistoryProblem { get; init; }

    /// <summary>How far back a reading was begun because the feeds file says so (<see cref="Lists.FeedSettings.History"/>), in documents.</summary>
    public int HistoryAsked { get; init; }

    /// <summary>The latest gap between two polls that was taken up; null = there was none.</summary>
    public DateTimeOffset? GapTaken { get; init; }

    /// <summary>True for another gap than the one that was taken up, be it earlier: the clock may have gone back.</summary>
    public bool IsOpen(DateTimeOffset? gap) => gap is not null && gap != GapTaken;

    /// <summary>True when it was polled by a clock that ran ahead of this one: what it says of its next poll would leave the feed alone for as long.</summary>
    public bool IsAhead(DateTimeOffset now) => LastPoll > now + ClockSkew;

    /// <summary>When there is something to do: the next poll, or the next earlier document; null = at once, when new.</summary>
    public DateTimeOffset? DueAt => History is { } history && NextPoll is { } poll && history.NotBefore < poll ? history.NotBefore : NextPoll;

    /// <summary>The WebSub hub that the feed names: noticed, not subscribed to.</summary>
    public string? Hub { get; init; }

    /// <summary>The UTC day that <see cref="Requests"/> and <see cref="Bytes"/> count.</summary>
    public DateOnly? UsageDay { get; init; }

    /// <summary>Requests made for the feed's own documents on that day.</summary>
    public int Requests { get; init; }

    /// <summary>Bytes received of the feed's own documents on that day.</summary>
    public long Bytes { get; init; }

    /// <summary>What its articles' pages took, where the feed has a cap: stored beside the state, as other workers count it. Null = nothing.</summary>
    public PageUsage? Pages { get; init; }

    /// <summary>The state of a feed that was never polled.</summary>
    public static FeedState Of(Lists.FeedSettings feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        return new() { FeedId = feed.Id, Url = feed.Url };
    }

    /// <summary>With requests and bytes added to the day's counts; a new day starts from nothing.</summary>
    public FeedState Spend(DateTimeOffset now, int requests, long bytes)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var same = UsageDay == day;
        return this with { UsageDay = day, Requests = (same ? Requests : 0) + requests, Bytes = (same ? Bytes : 0) + bytes };
    }

    /// <summary>Requests of the feed and its articles on the day of a time.</summary>
    public int RequestsOn(DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        return (UsageDay == day ? Requests : 0) + (Pages?.Day == day ? Pages.Requests : 0);
    }

    /// <summary>True when the cap of the feed and its articles is reached for the day.</summary>
    public bool IsSpent(Lists.FeedSettings feed, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(feed);
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var bytes = (UsageDay == day ? Bytes : 0) + (Pages?.Day == day ? Pages.Bytes : 0);
        return RequestsOn(now) >= feed.DailyRequests || bytes >= feed.DailyBytes;
    }

    /// <summary>Until when the cap lets no document of the feed be asked for; null = it may be now.</summary>
    public DateTimeOffset? HeldUntil(Lists.FeedSettings feed, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(feed);
        if (IsSpent(feed, now))
            return NextDay(now);
        // Pages that were put off to this day go first: polls that always came before them would spend a small cap without them.
        var first = NextDay(now).AddDays(-1) + PagesFirst;
        return feed.HasCap && Pages?.HeldTo == DateOnly.FromDateTime(now.UtcDateTime) && now < first ? first : null;
    }

    /// <summary>When the next UTC day begins, and with it the caps.</summary>
    internal static DateTimeOffset NextDay(DateTimeOffset now) => new(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
}
