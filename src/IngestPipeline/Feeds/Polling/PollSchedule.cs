using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace IngestPipeline.Feeds.Polling;

/// <summary>When a feed is polled next. Pure: the same state and time give the same answer; the jitter comes from the feed's id.</summary>
/// <remarks>
/// The least waiting for a given number of requests has intervals that follow the inverse square root of each feed's rate: the derivative of
/// rate × interval ÷ 2 + price ÷ interval is zero there. Rates are by hour of the day (<see cref="FeedRhythm"/>), so nights cost little.
/// </remarks>
public static class PollSchedule
{
    /// <summary>The next poll after one that worked.</summary>
    /// <param name="state">The state with this poll's rhythm and wishes in it.</param>
    /// <param name="now">The time of this poll.</param>
    /// <param name="shortest">The user's own shortest wait for the feed; null = none.</param>
    /// <param name="cacheWait">What Cache-Control max-age or Expires asks for; null = nothing.</param>
    /// <param name="options">Bounds.</param>
    public static DateTimeOffset AfterSuccess(FeedState state, DateTimeOffset now, TimeSpan? shortest, TimeSpan? cacheWait, PollOptions options)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        var own = Clamp(options.Base / Math.Sqrt(Math.Max(state.Rhythm.Rate(now), 1e-6)), options.Floor, options.Ceiling);
        own *= 1 + (options.Jitter * Spread(state.FeedId, now));
        var wait = Longest(own, options.Floor, shortest ?? TimeSpan.Zero, state.AskedWait ?? TimeSpan.Zero, cacheWait ?? TimeSpan.Zero);
        return Awake(now + (wait < options.Cap ? wait : options.Cap), state);
    }

    /// <summary>The next poll after a failure: the wait doubles from <see cref="PollOptions.Backoff"/> up to the cap.</summary>
    /// <param name="state">The state, this failure counted.</param>
    /// <param name="now">The time of this poll.</param>
    /// <param name="retryAfter">What the server asks for; null = nothing.</param>
    /// <param name="options">Bounds.</param>
    public static DateTimeOffset AfterFailure(FeedState state, DateTimeOffset now, TimeSpan? retryAfter, PollOptions options)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(options);
        var wait = options.Backoff * Math.Pow(2, Math.Clamp(state.Failures - 1, 0, 20));
        wait = (wait < options.Cap ? wait : options.Cap) * (1 + (options.Jitter * Spread(state.FeedId, now)));
        var asked = retryAfter is { } after && after < TimeSpan.FromDays(7) ? after : retryAfter is null ? TimeSpan.Zero : TimeSpan.FromDays(7);
        return now + Longest(wait, asked);
    }

    /// <summary>When a feed that is new to the store is polled first: spread over the base interval, so that a long list makes no burst.</summary>
    /// <param name="feedId">The feed's id.</param>
    /// <param name="now">When the list was read.</param>
    /// <param name="feeds">How many feeds are new; a few are polled at once.</param>
    /// <param name="options">Bounds.</param>
    public static DateTimeOffset First(string feedId, DateTimeOffset now, int feeds, PollOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        // 60 a minute are no burst.
        var over = Math.Min(options.Base.TotalMinutes * 4, feeds / 60);
        return now + TimeSpan.FromMinutes(Math.Floor((Spread(feedId, DateTimeOffset.MinValue) + 1) / 2 * over));
    }

    // Out of the hours and days that the feed asks to be left alone in; a feed that forbids all of them is not believed.
    private static DateTimeOffset Awake(DateTimeOffset at, FeedState state)
    {
        if ((state.SkipHours & 0xFFFFFF) == 0xFFFFFF || (state.SkipDays & 0x7F) == 0x7F)
            return at;
        for (var i = 0; i < 24 * 7 && IsAsleep(at, state); i++)
            at = new DateTimeOffset(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero).AddHours(1);
        return at;
    }

    private static bool IsAsleep(DateTimeOffset at, FeedState state) =>
        (state.SkipHours >> at.UtcDateTime.Hour & 1) == 1 || (state.SkipDays >> (int)at.UtcDateTime.DayOfWeek & 1) == 1;

    // −1 to 1, from the feed and the time alone.
    private static double Spread(string feedId, DateTimeOffset now)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(feedId + now.UtcTicks.ToString("X", System.Globalization.CultureInfo.InvariantCulture)), hash);
        return (BinaryPrimitives.ReadUInt32LittleEndian(hash) / (double)uint.MaxValue * 2) - 1;
    }

    private static TimeSpan Clamp(TimeSpan wait, TimeSpan least, TimeSpan most) => wait < least ? least : wait > most ? most : wait;

    private static TimeSpan Longest(params ReadOnlySpan<TimeSpan> waits)
    {
        var longest = TimeSpan.Zero;
        foreach (var wait in waits)
            longest = wait > longest ? wait : longest;
        return longest;
    }
}
