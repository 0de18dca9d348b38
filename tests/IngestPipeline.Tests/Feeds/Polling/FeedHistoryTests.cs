using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;

namespace IngestPipeline.Tests.Feeds.Polling;

public sealed class FeedHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);
    private static readonly FeedSettings Feed = new() { Url = new("https://a.example/feed") };
    private static readonly FeedState Polled = new() { FeedId = Feed.Id, Url = Feed.Url, Earlier = new("https://a.example/feed?page=2") };

    [Fact]
    public void A_gap_is_taken_up_once()
    {
        var taken = Begin(Polled, Noon);
        var over = taken with { History = null };

        Assert.True(taken.History!.UntilKnown);
        Assert.Equal(Polled.Earlier, taken.History.Page);
        Assert.Same(over, Begin(over, Noon));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-24)]
    public void Another_gap_is_taken_up_whether_later_or_dated_earlier_by_a_clock_that_went_back(int hours)
    {
        var over = Begin(Polled, Noon) with { History = null };

        Assert.NotNull(Begin(over, Noon.AddHours(hours)).History);
    }

    [Fact]
    public void Without_a_gap_nothing_is_read_again() => Assert.Same(Polled, Begin(Polled, null));

    private static FeedState Begin(FeedState state, DateTimeOffset? gap) => FeedHistory.Begin(state, Feed, gap, Noon.AddDays(1), new());
}
