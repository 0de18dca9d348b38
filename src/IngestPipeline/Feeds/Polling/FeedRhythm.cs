namespace IngestPipeline.Feeds.Polling;

/// <summary>
/// When a feed brings new entries: how many came in each hour of the day, fading with a half-life of a week, and how many days that is
/// drawn from. Immutable.
/// </summary>
/// <param name="Hours">Entries an hour of the day (UTC), 24 figures in thousandths.</param>
/// <param name="Days">The days that the figures are drawn from, in thousandths.</param>
public sealed record FeedRhythm(IReadOnlyList<int> Hours, int Days)
{
    private const double HalfLifeDays = 7;
    private const double PriorDays = 1;
    private const double PriorEntriesADay = 6;

    /// <summary>Nothing known: one day's weight of six entries, which data soon outweighs.</summary>
    public static FeedRhythm Unknown { get; } = new(new int[24], 0);

    /// <summary>Entries an hour to be expected around a time: the hour's own figure, smoothed with its neighbours' and the day's.</summary>
    public double Rate(DateTimeOffset time)
    {
        var hour = time.UtcDateTime.Hour;
        var days = PriorDays + (Days / 1000d);
        var day = (PriorEntriesADay * PriorDays) + (Hours.Sum(h => (long)h) / 1000d);
        var near = ((2 * Hours[hour]) + Hours[(hour + 23) % 24] + Hours[(hour + 1) % 24]) / 4000d;
        // A quarter of the day's mean stands for what no past day tells: news breaks at night, too.
        return ((0.75 * (near + (PriorEntriesADay * PriorDays / 24))) + (0.25 * day / 24)) / days;
    }

    /// <summary>The rhythm after some time in which entries came.</summary>
    /// <param name="since">When the feed was last looked at; null = never.</param>
    /// <param name="now">The time of this poll.</param>
    /// <param name="arrivals">The times of the new entries, as far as known; others count as of now.</param>
    public FeedRhythm After(DateTimeOffset? since, DateTimeOffset now, IReadOnlyList<DateTimeOffset> arrivals)
    {
        ArgumentNullException.ThrowIfNull(arrivals);
        // A first poll sees the past: it counts as the span that its entries cover, at most a week.
        var from = since ?? (arrivals.Count > 1 ? Later(arrivals.Min(), now - TimeSpan.FromDays(7)) : now);
        var passed = Math.Clamp((now - from).TotalDays, 0, 30);
        var keep = since is null ? 1 : Math.Pow(0.5, passed / HalfLifeDays);
        var hours = Hours.Select(h => (int)(h * keep)).ToArray();
        foreach (var arrival in arrivals)
        {
            var at = arrival > now || arrival < from ? now : arrival;
            if (since is null && arrival < from)
                continue;
            hours[at.UtcDateTime.Hour] = Math.Min(hours[at.UtcDateTime.Hour] + 1000, 100_000_000);
        }

        return new(hours, Math.Min((int)((Days * keep) + (passed * 1000)), 1_000_000));
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
