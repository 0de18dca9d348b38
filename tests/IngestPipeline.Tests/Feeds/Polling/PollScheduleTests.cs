using FsCheck;
using FsCheck.Fluent;
using IngestPipeline.Feeds.Polling;

namespace IngestPipeline.Tests.Feeds.Polling;

public sealed class PollScheduleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly PollOptions Options = new() { Jitter = 0 };

    [Fact]
    public void A_busy_feed_is_polled_more_often_than_a_quiet_one_within_floor_and_ceiling()
    {
        var busy = Wait(Of(entriesADay: 200));
        var middling = Wait(Of(entriesADay: 24));
        var quiet = Wait(Of(entriesADay: 0));

        Assert.True(busy < middling && middling < quiet);
        Assert.InRange(busy, Options.Floor, TimeSpan.FromMinutes(8));
        Assert.InRange(middling, TimeSpan.FromMinutes(12), TimeSpan.FromMinutes(18));
        Assert.InRange(quiet, TimeSpan.FromHours(1), Options.Ceiling);
    }

    [Fact]
    public void The_longest_of_what_user_feed_and_cache_ask_for_wins_up_to_a_day()
    {
        var state = Of(24);

        Assert.Equal(TimeSpan.FromHours(2), Wait(state with { AskedWait = TimeSpan.FromHours(2) }));
        Assert.Equal(TimeSpan.FromHours(3), PollSchedule.AfterSuccess(state, Noon, TimeSpan.FromHours(3), TimeSpan.FromHours(1), Options) - Noon);
        Assert.Equal(TimeSpan.FromHours(6), PollSchedule.AfterSuccess(state, Noon, null, TimeSpan.FromHours(6), Options) - Noon);
        Assert.Equal(TimeSpan.FromHours(24), Wait(state with { AskedWait = TimeSpan.FromDays(365) }));
    }

    [Fact]
    public void Skipped_hours_and_days_are_slept_through_and_a_feed_that_forbids_all_is_not_believed()
    {
        var state = Of(24);

        Assert.Equal(Noon.AddHours(3), PollSchedule.AfterSuccess(state with { SkipHours = (1 << 12) | (1 << 13) | (1 << 14) }, Noon, null, null, Options));
        Assert.Equal(Noon.AddHours(12), PollSchedule.AfterSuccess(state with { SkipDays = 1 << (int)DayOfWeek.Saturday }, Noon, null, null, Options));
        Assert.True(Wait(state with { SkipHours = 0xFFFFFF }) < TimeSpan.FromHours(1));
    }

    [Fact]
    public void Failures_double_the_wait_up_to_a_day_and_a_longer_retry_after_is_kept()
    {
        TimeSpan After(int failures, TimeSpan? retry = null) => PollSchedule.AfterFailure(Of(24) with { Failures = failures }, Noon, retry, Options) - Noon;

        Assert.Equal([15, 30, 60], new[] { 1, 2, 3 }.Select(n => (int)After(n).TotalMinutes));
        Assert.Equal(TimeSpan.FromHours(24), After(1000));
        Assert.Equal(TimeSpan.FromDays(2), After(1, TimeSpan.FromDays(2)));
        Assert.Equal(TimeSpan.FromDays(7), After(1, TimeSpan.FromDays(10_000)));
    }

    [Fact]
    public void A_long_new_list_is_spread_and_a_short_one_starts_at_once()
    {
        var many = Enumerable.Range(0, 10_000).Select(n => PollSchedule.First($"feed{n}", Noon, 10_000, Options)).ToList();

        Assert.True(many.GroupBy(t => t).Max(g => g.Count()) < 300);
        Assert.True(many.Max() <= Noon.AddHours(1));
        Assert.Equal(Noon, PollSchedule.First("feed", Noon, 12, Options));
    }

    [Fact]
    public void Whatever_the_state_the_next_poll_lies_between_floor_and_cap_and_a_week_of_sleep()
    {
        var gen = from hours in Gen.ArrayOf(Gen.Choose(0, 100_000_000), 24)
                  from days in Gen.Choose(0, 1_000_000)
                  from asked in Gen.Choose(0, int.MaxValue)
                  from skipHours in Gen.Choose(0, 0xFFFFFF)
                  from skipDays in Gen.Choose(0, 0x7F)
                  select Of(0) with { Rhythm = new(hours, days), AskedWait = TimeSpan.FromSeconds(asked), SkipHours = skipHours, SkipDays = skipDays };
        Prop.ForAll(gen.ToArbitrary(), state =>
            PollSchedule.AfterSuccess(state, Noon, null, null, new()) - Noon is var wait
            && wait >= new PollOptions().Floor && wait <= TimeSpan.FromDays(9)).Hold(500);
    }

    [Fact]
    public void Rhythm_learns_the_hours_in_which_entries_come()
    {
        var rhythm = FeedRhythm.Unknown;
        var last = Noon.AddDays(-14);
        rhythm = rhythm.After(null, last, []);
        for (var day = 13; day >= 0; day--)
        {
            var now = Noon.AddDays(-day);
            rhythm = rhythm.After(last, now, [.. Enumerable.Range(0, 48).Select(n => now.AddMinutes(-n * 5))]);
            last = now;
        }

        Assert.True(rhythm.Rate(Noon.AddHours(-2)) > 4 * rhythm.Rate(Noon.AddHours(8)));
        Assert.InRange(Enumerable.Range(0, 24).Sum(h => rhythm.Rate(Noon.AddHours(h))), 35, 55);
    }

    private static TimeSpan Wait(FeedState state) => PollSchedule.AfterSuccess(state, Noon, null, null, Options) - Noon;

    private static FeedState Of(int entriesADay) => new()
    {
        FeedId = "f",
        Url = new("https://a.example/"),
        Rhythm = new([.. Enumerable.Repeat(entriesADay * 1000 / 24 * 20, 24)], 20_000),
    };
}
