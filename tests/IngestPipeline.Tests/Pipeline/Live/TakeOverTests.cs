using IngestPipeline.Feeds.Lists;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>What a process that died had in hand, and who takes it over when.</summary>
public sealed class TakeOverTests : LiveFixture
{
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task The_only_process_on_a_folder_takes_over_at_once_what_the_dead_had_in_hand(bool anotherIsThere, bool atOnce)
    {
        var day = Story();
        var store = new FolderBlobStore(Folder["store"]);
        await store.CreateAsync(FeedList.StoreName, FeedListWriter.Write(day.Feeds));
        // It took the feed's message, claimed the feed, and died.
        var feed = day.Feeds.Feeds[0];
        var queue = Queues.Queue(new IngestPipeline.Hosting.IngestOptions { Store = "" }.FeedQueue);
        await queue.SendAsync(MessageJson.Write(new FeedMessage(MessageJson.Version, feed.Id, null)));
        await queue.ReceiveAsync(1, TimeSpan.FromMinutes(10));
        await new IngestPipeline.Feeds.Polling.FeedStates(store).SaveAsync(
            IngestPipeline.Feeds.Polling.FeedState.Of(feed) with { ClaimedAt = Time.GetUtcNow(), WorkedSince = Time.GetUtcNow() }, null, default);
        using var other = anotherIsThere ? await FolderPresence.EnterAsync(Folder["store"], () => Task.CompletedTask, default) : null;

        Time.Advance(TimeSpan.FromSeconds(5));
        await using var live = new LivePipeline(store, Queues.Queue, Site.Host, Time, all: Queues);
        await live.Run.PrepareAsync(default);
        await live.PassAsync(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(1));

        Assert.Equal(atOnce ? 1 : 0, ReplayRun.RecordCount(Folder["store"]));
    }

    [Fact]
    public async Task A_page_is_looked_at_again_although_its_worker_died_before_that_was_listed()
    {
        var day = Story().Page("/a/1", (0, "Story", TestWeb.Story(1)), (0.5, "Story, corrected", TestWeb.Story(1)));
        await using var live = new LivePipeline(new FolderBlobStore(Folder["store"]), Queues.Queue, Site.Host, Time);
        await live.StartAsync(day.Feeds);
        await live.TickAsync();
        var listed = await live.Store.ListAsync(StoreNames.Rechecks).SingleAsync();
        // As it stands between the ledger's change and the markers that follow it.
        await live.Store.DeleteAsync(listed.Name);
        var id = ArticleUrl.TryCreate(Site.Url("/a/1"))!.Id;
        await new DueMarkers(live.Store, StoreNames.Pending).CreateAsync(DueMarkers.Key(Time.GetUtcNow() + TimeSpan.FromMinutes(15), id, 1), default);

        await live.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(10));

        Assert.Equal("Story, corrected", Assert.Single(ReplayRun.Records(Folder["store"])).GetProperty("title").GetProperty("value").GetString());
    }

    [Fact]
    public async Task Work_is_sent_again_although_the_one_that_moved_its_marker_died_before_it_made_the_new_one()
    {
        var day = Story();
        await using var live = new LivePipeline(
            new FolderBlobStore(Folder["store"]), Queues.Queue, Site.Host, Time, o => o with { Live = o.Live with { Settle = TimeSpan.FromMinutes(1) } });
        await live.StartAsync(day.Feeds);
        await live.TickAsync();
        var id = ArticleUrl.TryCreate(Site.Url("/a/1"))!.Id;
        var states = new ArticleStates(live.Store);
        // The message is lost, and the ledger names a marker that is not there.
        Time.Advance(TimeSpan.FromMinutes(2));
        foreach (var item in await live.Queues.Articles.ReceiveAsync(32, TimeSpan.FromMinutes(1)))
            await live.Queues.Articles.DeleteAsync(item);
        await states.ChangeAsync(id, s => s! with { Marker = DueMarkers.Key(Time.GetUtcNow() + TimeSpan.FromMinutes(40), id, 1) }, default);

        await live.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(10));

        Assert.Single(ReplayRun.Records(Folder["store"]));
    }

    private LiveDay Story() => new LiveDay(Site, Time).Entry("/a.xml", 0, "Story", "/a/1").Page("/a/1", (0, "Story", TestWeb.Story(1)));
}
