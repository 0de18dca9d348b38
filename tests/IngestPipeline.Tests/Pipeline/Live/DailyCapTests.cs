using System.Collections.Concurrent;
using System.Globalization;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using Microsoft.AspNetCore.Http;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>A feed of six stories on a loopback server, each page of 20,000 bytes, followed under a daily cap.</summary>
public sealed class DailyCapTests : LiveFixture
{
    private const int PageBytes = 20_000;
    private const int Stories = 6;

    private readonly ConcurrentQueue<(DateOnly Day, string Path)> _asked = [];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var items = Enumerable.Range(0, Stories).Select(i => $"<item><title>Story {i}</title><link>{Site.Url($"/story/{i}")}</link><guid>{i}</guid></item>");
        Page("/feed", $"<rss version=\"2.0\"><channel><title>The Post</title>{string.Concat(items)}</channel></rss>", "application/rss+xml");
        for (var i = 0; i < Stories; i++)
            Page($"/story/{i}", TestWeb.ArticleHtml($"Story {i}", TestWeb.Story(i)).PadRight(PageBytes));
    }

    [Fact]
    public async Task Pages_over_the_cap_in_bytes_wait_for_the_next_day_and_all_arrive()
    {
        // The third page begins below the cap and ends above it.
        await using var live = await StartAsync(new() { Url = Site.Url("/feed"), DailyBytes = 2 * PageBytes + 12_000 }, rechecks: false);

        await live.PassAsync(TimeSpan.FromHours(11), TimeSpan.FromMinutes(30));
        // One more may have been under way when the cap was reached.
        Assert.InRange(Pages(14), 3, 4);
        var (entries, requests, pending, _) = await live.LedgerAsync();
        Assert.Equal((Stories, Stories, Stories - Pages(14)), (entries, requests, pending));

        await live.PassAsync(TimeSpan.FromHours(12), TimeSpan.FromMinutes(30));
        Assert.Equal(Stories, Pages(14) + Pages(15));
        await AllArrivedAsync(live);
    }

    [Fact]
    public async Task The_feed_itself_waits_when_its_pages_have_reached_the_cap()
    {
        await using var live = await StartAsync(new() { Url = Site.Url("/feed"), DailyBytes = PageBytes }, rechecks: false);

        await live.PassAsync(TimeSpan.FromHours(11), TimeSpan.FromMinutes(30));

        Assert.Single(_asked, a => a.Path == "/feed");
        var state = (await new FeedStates(live.Store).ReadAsync(new FeedSettings { Url = Site.Url("/feed") }.Id, default)).State!;
        Assert.True(state.NextPoll >= new DateTimeOffset(2026, 3, 15, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task The_cap_in_requests_counts_polls_parts_and_repeated_tries_and_holds_each_day()
    {
        Page(
            "/story/0",
            TestWeb.ArticleHtml("Story 0", TestWeb.Story(0)).Replace(
                "</article>", "<a rel=\"next\" href=\"/story/0/2\">Next</a></article>", StringComparison.Ordinal));
        Page("/story/0/2", TestWeb.ArticleHtml("Story 0", TestWeb.Story(20)));
        var tries = 0;
        Site.On("/story/1", context =>
        {
            Ask("/story/1");
            context.Response.StatusCode = ++tries == 1 ? 503 : 200;
            context.Response.ContentType = "text/html; charset=utf-8";
            return tries == 1 ? Task.CompletedTask : context.Response.WriteAsync(TestWeb.ArticleHtml("Story 1", TestWeb.Story(1)));
        });
        const int Cap = 4;
        await using var live = await StartAsync(new() { Url = Site.Url("/feed"), DailyRequests = Cap }, rechecks: false);

        await live.PassAsync(TimeSpan.FromDays(4), TimeSpan.FromMinutes(30));

        Assert.Contains(_asked, a => a.Path == "/story/0/2");
        Assert.Equal(2, tries);
        // The parts of a page are not put off once its first one is here, and a poll that runs at the very moment is not known yet.
        Assert.All(_asked.GroupBy(a => a.Day), day => Assert.InRange(day.Count(a => a.Path is not ("/feed" or "/story/0/2")), 0, Cap));
        Assert.All(_asked.GroupBy(a => a.Day), day => Assert.InRange(day.Count(a => a.Path != "/story/0/2"), 1, Cap + 1));
        await AllArrivedAsync(live);
    }

    [Fact]
    public async Task Under_a_cap_of_one_request_a_day_the_pages_get_their_turn_too()
    {
        await using var live = await StartAsync(new() { Url = Site.Url("/feed"), DailyRequests = 1 }, rechecks: false);

        await live.PassAsync(TimeSpan.FromDays(16), TimeSpan.FromHours(1));

        Assert.All(_asked.GroupBy(a => a.Day), day => Assert.InRange(day.Count(a => a.Path != "/feed"), 0, 1));
        await AllArrivedAsync(live);
    }

    [Fact]
    public async Task Looks_at_a_page_again_count_and_wait_as_well()
    {
        await using var live = await StartAsync(new() { Url = Site.Url("/feed"), DailyBytes = 7 * PageBytes }, rechecks: true);

        await live.PassAsync(TimeSpan.FromDays(5), TimeSpan.FromMinutes(30));

        Assert.All(_asked.Where(a => a.Path != "/feed").GroupBy(a => a.Day), day => Assert.InRange(day.Count(), 1, 8));
        Assert.All(_asked.Where(a => a.Path != "/feed").GroupBy(a => a.Path), page => Assert.InRange(page.Count(), 4, 5));
        await AllArrivedAsync(live);
    }

    [Fact]
    public async Task A_cap_that_was_taken_away_holds_nothing_back_and_one_that_never_was_leaves_no_count()
    {
        var feed = new FeedSettings { Url = Site.Url("/feed"), DailyBytes = PageBytes };
        await using var live = await StartAsync(feed, rechecks: false);
        await live.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(30));
        Assert.InRange(Pages(14), 1, 2);
        var list = (await live.Store.ReadAsync(FeedList.StoreName))!;
        await live.Store.ReplaceAsync(FeedList.StoreName, FeedListWriter.Write(new([feed with { DailyBytes = null }])), list.ETag);
        await live.Store.DeleteAsync(StoreNames.FeedUsage(feed.Id));

        await live.PassAsync(TimeSpan.FromHours(14), TimeSpan.FromMinutes(30));

        Assert.Equal(Stories, _asked.Count(a => a.Path != "/feed"));
        Assert.Null(await live.Store.ReadAsync(StoreNames.FeedUsage(feed.Id)));
        await AllArrivedAsync(live);
    }

    [Fact]
    public void A_usage_is_read_as_it_was_written_and_anything_else_is_none()
    {
        var usage = new PageUsage(new(2026, 3, 14), 3, 4_000_000_000, new(2026, 3, 15), "a");

        Assert.Equal(usage, PageUsage.Read(usage.ToJson()));
        Assert.Equal(usage with { HeldTo = null }, PageUsage.Read((usage with { HeldTo = null }).ToJson()));
        Assert.Null(PageUsage.Read("{\"schema\":\"feed-usage/1\",\"day\":7}"u8));
        Assert.Null(PageUsage.Read("{\"schema\""u8));
    }

    private async Task<LivePipeline> StartAsync(FeedSettings feed, bool rechecks)
    {
        var live = new LivePipeline(
            new FolderBlobStore(Folder["store"]), Queues.Queue, Site.Host, Time, options => options with
            {
                // A second between two pages, so that hardly any are under way at once.
                Fetching = options.Fetching with { HostGap = TimeSpan.FromSeconds(1) },
                Live = rechecks ? options.Live : options.Live with { Rechecks = [] },
            });
        await live.StartAsync(new([feed]));
        return live;
    }

    private void Page(string path, string body, string type = "text/html; charset=utf-8") => Site.On(path, context =>
    {
        Ask(path);
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body);
    });

    private void Ask(string path) => _asked.Enqueue((DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime), path));

    private int Pages(int day) => _asked.Count(a => a.Day.Day == day && a.Path != "/feed");

    private async Task AllArrivedAsync(LivePipeline live)
    {
        var (entries, requests, pending, ended) = await live.LedgerAsync();
        Assert.Equal((requests, 0, requests), (entries, pending, ended));
        Assert.Equal(
            Enumerable.Range(0, Stories).Select(i => string.Create(CultureInfo.InvariantCulture, $"Story {i}")),
            ReplayRun.Records(Folder["store"]).Select(r => r.GetProperty("title").GetProperty("value").GetString()!).Order(StringComparer.Ordinal));
        var again = new FolderBlobStore(Folder["again"]);
        Assert.True((await live.ReplayAsync(again, Folder["tmp"], FeedList.Read((await live.Store.ReadAsync(FeedList.StoreName))!.Content).List)).AddsUp);
        Assert.Equal(await LivePipeline.WrittenAsync(live.Store), await LivePipeline.WrittenAsync(again));
        Assert.Empty(live.Problems);
    }
}
