using IngestPipeline.Records;

namespace IngestPipeline.Feeds.Polling;

/// <summary>What one poll gave. The caller accepts the entries first and saves <see cref="NextState"/> last.</summary>
public sealed record PollResult
{
    /// <summary>How it ended.</summary>
    public required PollKind Kind { get; init; }

    /// <summary>The document as read; null when none was.</summary>
    public FeedReadResult? Document { get; init; }

    /// <summary>The feed as its articles name it: by the address that answered; null when no document was read.</summary>
    public ArticleFeed? Feed { get; init; }

    /// <summary>The date of the capture of this poll, by which its entries are ordered; null when nothing was captured.</summary>
    public DateTimeOffset? Captured { get; init; }

    /// <summary>What went wrong, in words; null = nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>When to try again at the earliest, when <see cref="PollKind.Deferred"/>.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The state with everything but new entries and the next poll's time in it.</summary>
    public required FeedState State { get; init; }

    /// <summary>The time of the poll.</summary>
    public required DateTimeOffset Polled { get; init; }

    /// <summary>The user's shortest wait for the feed.</summary>
    internal TimeSpan? Shortest { get; init; }

    /// <summary>What the response's cache headers ask for.</summary>
    internal TimeSpan? CacheWait { get; init; }

    /// <summary>What the server asks for after a failure.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>The schedule's bounds.</summary>
    public required PollOptions Options { get; init; }

    /// <summary>The state to save, once the entries of the document are accepted.</summary>
    /// <param name="arrivals">A time for each entry that was new or revised: when it was published, or <see cref="Polled"/> where it does not say.</param>
    public FeedState NextState(IReadOnlyList<DateTimeOffset> arrivals)
    {
        ArgumentNullException.ThrowIfNull(arrivals);
        switch (Kind)
        {
            case PollKind.Deferred:
                return State with { NextPoll = NotBefore };
            case PollKind.Stopped:
                return State with { NextPoll = null };
            case PollKind.Failed:
                return State with { NextPoll = PollSchedule.AfterFailure(State, Polled, RetryAfter, Options) };
        }

        var next = State with
        {
            Rhythm = State.Rhythm.After(State.Rhythm == FeedRhythm.Unknown ? null : State.LastSuccess, Polled, arrivals),
            LastSuccess = Polled,
            LastNew = arrivals.Count > 0 ? Polled : State.LastNew ?? Polled,
            Daily = Counted(State.Daily, DateOnly.FromDateTime(Polled.UtcDateTime), arrivals.Count),
        };
        next = next with { Health = IsSilent(next) ? FeedHealth.Silent : FeedHealth.Healthy };
        if (next.Health == FeedHealth.Silent)
            next = next with { Problem = string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"nothing new since {next.LastNew:yyyy-MM-dd}: see whether the site has another feed") };
        return next with { NextPoll = PollSchedule.AfterSuccess(next, Polled, Shortest, CacheWait, Options) };
    }

    // Five times the usual silence between two entries, and at least a week: a weekly column is not silent after ten days.
    private bool IsSilent(FeedState state)
    {
        if (state.LastNew is not { } last || state.Rhythm.Days < 1000)
            return false;
        var entries = state.Daily.Sum(d => d.Entries);
        var usual = entries > 0 ? state.Daily.Count / (double)entries : 30;
        return Polled - last > TimeSpan.FromDays(Math.Max(7, 5 * usual));
    }

    private static List<DayCount> Counted(IReadOnlyList<DayCount> daily, DateOnly today, int entries)
    {
        var days = daily.Where(d => d.Day > today.AddDays(-30) && d.Day != today).ToList();
        var before = daily.Where(d => d.Day == today).Sum(d => d.Entries);
        days.Add(new(today, before + entries));
        return days;
    }
}
