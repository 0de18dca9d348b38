using IngestPipeline.Feeds.Lists;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>A clock that ran a day ahead and is set right: what it dated lies in the future from then on.</summary>
public sealed class WrongClockTests : LiveFixture
{
    private const int Long = -48;

    [Fact]
    public async Task New_entries_are_taken_though_those_before_were_counted_in_the_future()
    {
        var day = Story("/a/1");
        await using var live = Live(new FolderBlobStore(Folder["store"]));
        await live.StartAsync(day.Feeds);
        await live.TickAsync();

        Time.Advance(TimeSpan.FromDays(-1));
        Add(day, "/a/2");
        await live.Get<ReadFeed>().ProcessAsync(Feed(day), default);

        Assert.NotNull((await new ArticleStates(live.Store).ReadAsync(Id("/a/2"), default)).State);
    }

    [Fact]
    public async Task A_page_whose_first_failure_is_dated_before_its_request_is_asked_for_again_soon()
    {
        var day = new LiveDay(Site, Time).Entry("/a.xml", Long, "Story", "/a/1").Flaky("/a/1", 500, 1, "Story", TestWeb.Story(1));
        await using var live = Live(new FolderBlobStore(Folder["store"]));
        await live.StartAsync(day.Feeds);
        await live.Get<ReadFeed>().ProcessAsync(Feed(day), default);

        Time.Advance(TimeSpan.FromDays(-1));
        await live.Get<IngestArticle>().ProcessAsync(Article("/a/1"), default);

        var due = (await new ArticleStates(live.Store).ReadAsync(Id("/a/1"), default)).State!.DueAt;
        Assert.InRange(due!.Value, Time.GetUtcNow(), Time.GetUtcNow().AddHours(1));
        Time.MoveTo(due.Value);
        await live.Get<IngestArticle>().ProcessAsync(Article("/a/1"), default);
        Assert.Single(await live.Store.ListAsync("articles/").ToListAsync());
    }

    [Fact]
    public async Task An_article_whose_worker_died_before_it_was_listed_is_listed_when_its_entry_is_met_again()
    {
        var day = Story("/a/1");
        var dies = true;
        await using var live = Live(new FaultingBlobStore(new FolderBlobStore(Folder["store"]), (_, operation, name) =>
            dies && operation == "create" && name.StartsWith(StoreNames.Pending, StringComparison.Ordinal) ? StoreFault.Before : StoreFault.None));
        await live.StartAsync(day.Feeds);
        await Assert.ThrowsAsync<StorageException>(() => live.Get<ReadFeed>().ProcessAsync(Feed(day), default));
        dies = false;

        // Its poll is looked for from now on backwards, and it lies ahead.
        Time.Advance(TimeSpan.FromDays(-1));
        await live.Get<ReadFeed>().ProcessAsync(Feed(day), default);

        Assert.Single(await live.Store.ListAsync(StoreNames.Pending).ToListAsync());
        Time.Advance(TimeSpan.FromHours(25));
        await live.TickAsync();
        Assert.Single(ReplayRun.Records(Folder["store"]));
    }

    private LivePipeline Live(IBlobStore store) => new(store, Queues.Queue, Site.Host, Time);

    private LiveDay Story(string path) => Add(new(Site, Time), path);

    private static LiveDay Add(LiveDay day, string path) =>
        day.Entry("/a.xml", Long, "Story " + path, path).Page(path, (Long, "Story " + path, TestWeb.Story(1)));

    private static FeedMessage Feed(LiveDay day) => new(MessageJson.Version, day.Feeds.Feeds[0].Id, null);

    private ArticleMessage Article(string path) => new(MessageJson.Version, Id(path), null);

    private string Id(string path) => ArticleUrl.TryCreate(Site.Url(path))!.Id;
}
