using IngestPipeline.Archive;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>
/// A poll whose worker died after its capture is accepted by who comes after. What was asked for and answered meanwhile came first, live as in a replay,
/// which sees by a mark that the entry was taken up late.
/// </summary>
public sealed class LateEntryTests : LiveFixture
{
    private readonly List<string> _entries = ["<item><guid>1</guid><title>Monday's briefing</title><link>{0}</link></item>"];

    [Fact]
    public async Task A_look_at_a_page_that_was_answered_before_an_earlier_poll_was_accepted_gives_its_text_the_entry_that_it_had()
    {
        Site.Page("/briefing", TestWeb.ArticleHtml("Briefing", TestWeb.Story(1)));
        Serve("/feed", "/briefing");
        await using var live = Pipeline([TimeSpan.FromMinutes(30)]);
        var feed = new FeedSettings { Url = Site.Url("/feed") };
        await live.StartAsync(new([feed]));
        await live.TickAsync();

        Time.Advance(TimeSpan.FromMinutes(31));
        Site.Page("/briefing", TestWeb.ArticleHtml("Briefing", TestWeb.Story(2)));
        _entries.Insert(0, "<item><guid>2</guid><title>Tuesday's briefing</title><link>{0}</link></item>");
        await DieAfterPollAsync(live, feed);
        await live.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(5));

        Assert.Equal(2, Site.Paths.Count(p => p == "/briefing"));
        Assert.Single(await live.Store.ListAsync(StoreNames.Captures).Where(b => b.Name.EndsWith(CaptureMark.Late.Ending, StringComparison.Ordinal)).ToListAsync());
        Assert.Equal("1", ReplayRun.Records(Folder["store"]).Single().GetProperty("feed").GetProperty("entryId").GetString());
        await IsLikeItsReplayAsync(live);
    }

    [Fact]
    public async Task A_page_that_two_feeds_name_is_of_the_one_whose_poll_was_accepted_first()
    {
        Site.Page("/briefing", TestWeb.ArticleHtml("Briefing", TestWeb.Story(1)));
        Serve("/all", "/briefing");
        Serve("/news", "/briefing");
        await using var live = Pipeline([]);
        var all = new FeedSettings { Url = Site.Url("/all") };
        var news = new FeedSettings { Url = Site.Url("/news") };
        await live.StartAsync(new([news]));
        await DieAfterPollAsync(live, all);
        Time.Advance(TimeSpan.FromSeconds(30));
        await live.TickAsync();
        await live.Store.WriteBatchAsync([new(FeedList.StoreName, FeedListWriter.Write(new([all, news])))]);
        await live.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(5));

        Assert.Equal(news.Url.AbsoluteUri, ReplayRun.Records(Folder["store"]).Single().GetProperty("feed").GetProperty("url").GetString());
        await IsLikeItsReplayAsync(live);
    }

    private LivePipeline Pipeline(IReadOnlyList<TimeSpan> rechecks) =>
        new(new FolderBlobStore(Folder["store"]), Queues.Queue, Site.Host, Time, o => o with { Live = o.Live with { Rechecks = rechecks } });

    private void Serve(string feed, string page) => Site.On(feed, context =>
    {
        context.Response.ContentType = "application/rss+xml";
        var items = string.Concat(_entries.Select(e => string.Format(System.Globalization.CultureInfo.InvariantCulture, e, Site.Url(page))));
        return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
            context.Response, $"<rss version=\"2.0\"><channel><title>The Post</title>{items}</channel></rss>");
    });

    // It claimed the feed, captured its answer, and died before it accepted an entry.
    private async Task DieAfterPollAsync(LivePipeline live, FeedSettings feed)
    {
        var states = new FeedStates(live.Store);
        var (state, etag) = await states.ReadAsync(feed.Id, default);
        state ??= FeedState.Of(feed);
        var now = Time.GetUtcNow();
        await live.Get<FeedPoller>().PollAsync(feed, state, [], default);
        await states.SaveAsync(state with { ClaimedAt = now, WorkedSince = now }, etag, default);
        Time.Advance(TimeSpan.FromSeconds(1));
    }

    private async Task IsLikeItsReplayAsync(LivePipeline live)
    {
        var again = new FolderBlobStore(Folder["again"]);
        Assert.True((await live.ReplayAsync(again, Folder["tmp"])).AddsUp);
        Assert.Equal(await LivePipeline.WrittenAsync(live.Store), await LivePipeline.WrittenAsync(again));
    }
}
