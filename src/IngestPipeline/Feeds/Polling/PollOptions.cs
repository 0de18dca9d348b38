namespace IngestPipeline.Feeds.Polling;

/// <summary>How often feeds are polled.</summary>
public sealed record PollOptions
{
    /// <summary>The shortest time between two polls of one feed: one minute to a day.</summary>
    public TimeSpan Floor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest time between two polls that a feed's own rhythm leads to. What the feed asks for may be longer, up to <see cref="Cap"/>.</summary>
    public TimeSpan Ceiling { get; init; } = TimeSpan.FromHours(4);

    /// <summary>The longest time between two polls whatever the feed asks for.</summary>
    public TimeSpan Cap { get; init; } = TimeSpan.FromHours(24);

    /// <summary>The time between two polls of a feed that brings one entry an hour; others follow with the square root of their rate.</summary>
    public TimeSpan Base { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How much of a wait may be taken off or added, so that feeds do not march in step: 0 to 0.5.</summary>
    public double Jitter { get; init; } = 0.1;

    /// <summary>The first wait after a failure; it doubles with each further one.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How often validators are left out, for feeds that answer 304 for ever.</summary>
    public TimeSpan UnconditionalEvery { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The wait between two earlier documents of one feed.</summary>
    public TimeSpan HistoryGap { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many earlier documents are read at most to close a gap between two polls; 0 = none.</summary>
    public int CatchUpPages { get; init; } = 10;
}
