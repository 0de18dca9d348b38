using IngestPipeline.Feeds.Polling;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Feeds.Polling;

public sealed class FeedStateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 30, TimeSpan.Zero);

    [Fact]
    public async Task A_state_is_read_back_as_it_was_saved()
    {
        var states = new FeedStates(new InMemoryBlobStore());
        var state = new FeedState
        {
            FeedId = "abc",
            Url = new("https://a.example/feed?x=1"),
            ETag = "W/\"q\"",
            LastModified = "yesterday, as the server spells it",
            NextPoll = Noon,
            Health = FeedHealth.Failing,
            Problem = "no answer",
            Failures = 3,
            AskedWait = TimeSpan.FromHours(1),
            UsageDay = new(2026, 3, 14),
            Bytes = 5_000_000_000,
            SkipHours = 7,
            Earlier = new("https://a.example/feed?page=2"),
            History = new(new("https://a.example/feed?page=3"), 7, Noon) { UntilKnown = true, Failures = 2 },
            HistoryAsked = 9,
            HistoryProblem = "gone",
            GapTaken = Noon,
        };

        Assert.True(await states.SaveAsync(state, null, default));
        var (read, etag) = await states.ReadAsync("abc", default);

        Assert.Equal(state, read! with { Daily = state.Daily, Rhythm = state.Rhythm });
        Assert.Equal(state.Rhythm.Hours, read.Rhythm.Hours);
        Assert.False(await states.SaveAsync(state with { Failures = 4 }, "stale", default));
        Assert.True(await states.SaveAsync(state with { Failures = 4 }, etag, default));
        Assert.Equal(4, (await states.ListAsync().SingleAsync()).Failures);
    }

    [Fact]
    public async Task Due_feeds_come_in_order_and_a_moved_one_stands_once()
    {
        var due = new DueList(new InMemoryBlobStore());
        await due.MoveAsync("b", null, Noon.AddMinutes(-1), default);
        await due.MoveAsync("a", null, Noon.AddMinutes(-9), default);
        await due.MoveAsync("c", null, Noon.AddMinutes(1), default);

        Assert.Equal(["a", "b"], await due.DueAsync(Noon).Select(d => d.FeedId).ToListAsync());
        await due.MoveAsync("a", Noon.AddMinutes(-9), Noon.AddHours(1), default);
        Assert.Equal(["b"], await due.DueAsync(Noon).Select(d => d.FeedId).ToListAsync());
        Assert.Equal(["b", "c", "a"], await due.AllAsync().Select(d => d.FeedId).ToListAsync());
        await due.MoveAsync("b", Noon.AddMinutes(-1), Noon.AddMinutes(-1).AddSeconds(20), default);
        Assert.Equal(["b"], await due.DueAsync(Noon).Select(d => d.FeedId).ToListAsync());
    }

    [Fact]
    public void A_new_day_starts_the_cap_from_nothing()
    {
        var feed = new IngestPipeline.Feeds.Lists.FeedSettings { Url = new("https://a.example/"), DailyRequests = 2 };
        var state = FeedState.Of(feed).Spend(Noon, 1, 10).Spend(Noon, 1, 10);

        Assert.True(state.IsSpent(feed, Noon));
        Assert.False(state.IsSpent(feed, Noon.AddDays(1)));
        Assert.Equal(1, state.Spend(Noon.AddDays(1), 1, 10).Requests);
    }
}
