using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Queues;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>How due feeds are found, however many are followed.</summary>
public sealed class PollFeedsTests : IDisposable
{
    private const int Feeds = 2_000;

    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _time = new();
    private readonly InMemoryBlobStore _store = new();
    private readonly WorkQueues _queues;

    public PollFeedsTests() => _queues = WorkQueues.InFolder(_folder["queues"], _time);

    public void Dispose()
    {
        _queues.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_look_costs_what_is_due_and_not_what_is_followed()
    {
        var calls = new CountingStore(_store);
        await using var live = await StartAsync(calls);
        calls.Calls.Clear();

        Assert.Equal(0, await live.Get<PollFeeds>().RunAsync(default));

        // Whether the run is current, the list of feeds, and one listing of each kind of marker.
        Assert.InRange(calls.Calls.Count, 1, 8);
    }

    [Fact]
    public async Task A_marker_that_was_lost_is_made_again_within_the_hour_and_a_feed_that_is_new_at_once()
    {
        await using var live = await StartAsync(_store);
        var (poll, due) = (live.Get<PollFeeds>(), new DueList(_store));
        var lost = await due.AllAsync().FirstAsync();
        await due.RemoveAsync(lost, default);
        await poll.RunAsync(default);
        Assert.DoesNotContain(lost.FeedId, await due.AllAsync().Select(d => d.FeedId).ToListAsync());

        var added = new FeedSettings { Url = new("https://new.example/feed") };
        var list = (await _store.ReadAsync(FeedList.StoreName))!;
        await _store.ReplaceAsync(FeedList.StoreName, FeedListWriter.Write(new([.. List().Feeds, added])), list.ETag);
        await poll.RunAsync(default);
        var known = await due.AllAsync().Select(d => d.FeedId).ToListAsync();
        Assert.Contains(added.Id, known);
        Assert.Contains(lost.FeedId, known);

        await due.RemoveAsync(await due.AllAsync().LastAsync(), default);
        _time.Advance(TimeSpan.FromMinutes(61));
        await poll.RunAsync(default);
        Assert.Equal(Feeds + 1, await due.AllAsync().CountAsync());
    }

    [Fact]
    public async Task A_feed_that_was_polled_by_a_clock_a_day_ahead_is_due_again_once_the_clock_is_right()
    {
        await using var live = await StartAsync(_store);
        var (feed, now, due) = (List().Feeds[0], _time.GetUtcNow(), new DueList(_store));
        var ahead = now.AddDays(1);
        await new FeedStates(_store).WriteAsync(FeedState.Of(feed) with { LastPoll = ahead, NextPoll = ahead.AddMinutes(20) }, null, default);
        await due.MoveAsync(feed.Id, (await due.AllAsync().FirstAsync(d => d.FeedId == feed.Id)).At, ahead.AddMinutes(20), default);
        var sent = await live.Get<PollFeeds>().RunAsync(default);
        Assert.Equal(0, sent);

        _time.Advance(TimeSpan.FromMinutes(61));
        await live.Get<PollFeeds>().RunAsync(default);

        var marker = (await due.AllAsync().FirstAsync(d => d.FeedId == feed.Id)).At;
        Assert.True(marker < now.AddHours(3), $"it is due at {marker}");
        await live.Get<ReadFeed>().ProcessAsync(new(MessageJson.Version, feed.Id, null) { Marker = marker }, default);
        var state = (await new FeedStates(_store).ReadAsync(feed.Id, default)).State!;
        Assert.Equal(_time.GetUtcNow(), state.LastPoll);
        Assert.True(state.NextPoll < now.AddHours(12), $"it is polled at {state.NextPoll}");
    }

    [Fact]
    public async Task A_feed_keeps_its_marker_though_a_reader_is_quicker_than_the_timer()
    {
        var store = new CountingStore(_store);
        await using var live = await StartAsync(store);
        var (feed, due) = (List().Feeds[0], new DueList(_store));
        _time.MoveTo(DueList.Minute(_time.GetUtcNow()).AddSeconds(5));
        var (now, next) = (_time.GetUtcNow(), _time.GetUtcNow().AddSeconds(35));
        await new FeedStates(_store).WriteAsync(FeedState.Of(feed) with { LastPoll = now.AddMinutes(-9), NextPoll = next }, null, default);
        await due.MoveAsync(feed.Id, (await due.AllAsync().FirstAsync(d => d.FeedId == feed.Id)).At, next, default);
        // The message is read when the timer has made the later marker and is about to delete the earlier one: half a minute too early it is put back.
        store.BeforeDelete = async () =>
        {
            var later = await due.AllAsync().LastAsync(d => d.FeedId == feed.Id && d.At < now.AddHours(1));
            await live.Get<ReadFeed>().ProcessAsync(new(MessageJson.Version, feed.Id, null) { Marker = later.At }, default);
        };

        foreach (var seconds in new[] { 0, 20 })
        {
            _time.MoveTo(now.AddSeconds(seconds));
            await live.Get<PollFeeds>().RunAsync(default);
            Assert.Contains(feed.Id, await due.AllAsync().Select(d => d.FeedId).ToListAsync());
        }

        store.BeforeDelete = null;
        _time.MoveTo(now.AddMinutes(1));
        Assert.Equal(1, await live.Get<PollFeeds>().RunAsync(default));
    }

    [Fact]
    public async Task New_feeds_that_were_marked_by_one_who_died_are_due_at_once_for_whoever_comes_next()
    {
        _time.MoveTo(DueList.Minute(_time.GetUtcNow()).AddSeconds(5));
        var feeds = new FeedList([.. List().Feeds.Take(20)]);
        var store = new CountingStore(_store) { BeforeDelete = () => throw new StorageException("dead") };
        await using (var dying = new LivePipeline(store, _queues.Queue, "nowhere.example", _time))
        {
            await dying.StartAsync(feeds);
            await Assert.ThrowsAsync<StorageException>(() => dying.Get<PollFeeds>().RunAsync(default));
        }

        _time.Advance(TimeSpan.FromSeconds(5));
        await using var next = new LivePipeline(_store, _queues.Queue, "nowhere.example", _time);
        Assert.Equal(feeds.Feeds.Count, await next.Get<PollFeeds>().RunAsync(default));
    }

    private static FeedList List() => new([.. Enumerable.Range(0, Feeds).Select(n => new FeedSettings { Url = new($"https://f{n}.example/feed") })]);

    private async Task<LivePipeline> StartAsync(IBlobStore store)
    {
        var live = new LivePipeline(store, _queues.Queue, "nowhere.example", _time);
        await live.StartAsync(List());
        // The first looks mark all feeds and send what is due at once; from then on all are far.
        var first = await live.Get<PollFeeds>().RunAsync(default);
        Assert.InRange(first, 0, Feeds);
        foreach (var due in await new DueList(_store).AllAsync().ToListAsync())
            await new DueList(_store).MoveAsync(due.FeedId, due.At, _time.GetUtcNow() + TimeSpan.FromHours(12), default);
        return live;
    }

    private sealed class CountingStore(IBlobStore inner) : WrappedStore(inner)
    {
        public List<string> Calls { get; } = [];

        public Func<Task>? BeforeDelete { get; set; }

        public override ReadOnlyMemory<byte>? ReadRange(string name, long offset, int length)
        {
            Calls.Add(name);
            return base.ReadRange(name, offset, length);
        }

        public override IAsyncEnumerable<BlobItem> ListAsync(string prefix, CancellationToken cancellation = default)
        {
            Calls.Add(prefix);
            return base.ListAsync(prefix, cancellation);
        }

        protected override async Task<T> RunAsync<T>(string operation, string name, Func<Task<T>> effect)
        {
            if (operation == "delete" && BeforeDelete is { } before)
            {
                // Once: what it does may delete, too.
                BeforeDelete = null;
                await before();
            }

            Calls.Add(operation == "batch" ? operation : name);
            return await effect();
        }
    }
}
