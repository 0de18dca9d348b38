using IngestPipeline.Feeds.Lists;
using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>Pages that cannot be had for a while: their text comes when they can, and a text that is known stands meanwhile. A replay says the same.</summary>
public sealed class LostPageTests : LiveFixture
{
    private string _headline = "The pier is closed";

    [Theory]
    [InlineData(503)]
    [InlineData(404)]
    public async Task A_page_that_could_not_be_had_is_looked_at_again_and_gives_its_text(int status)
    {
        Site.Status("/story", status);
        await using var live = await StartAsync();
        await live.PassAsync(TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(1));
        Assert.Equal(("headline", 1), Latest());

        Site.Page("/story", TestWeb.ArticleHtml(_headline, TestWeb.Story(1)));
        await live.PassAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(5));

        Assert.Equal(("page", 2), Latest());
        await IsReplayedAsync(live);
    }

    [Fact]
    public async Task A_link_that_leads_to_the_front_page_for_a_while_gives_its_text_when_it_can()
    {
        Site.Page("/", TestWeb.ArticleHtml("The Post", TestWeb.Story(2))).Redirect("/story", "/");
        await using var live = await StartAsync();
        await live.PassAsync(TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(5));
        Assert.Equal(("headline", 1), Latest());

        Site.Page("/story", TestWeb.ArticleHtml(_headline, TestWeb.Story(1)));
        await live.PassAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(5));

        Assert.Equal(("page", 2), Latest());
        await IsReplayedAsync(live);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(410)]
    public async Task A_known_text_stands_when_its_feed_says_something_new_and_its_page_is_lost(int status)
    {
        Site.Page("/story", TestWeb.ArticleHtml(_headline, TestWeb.Story(1)));
        await using var live = await StartAsync();
        await live.PassAsync(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(5));

        (_headline, _) = ("The pier is open again", Site.Status("/story", status));
        await live.PassAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(5));

        Assert.True(Site.Paths.Count(p => p == "/story") > 1, "the page was not asked for again");
        Assert.Equal(("page", 1), Latest());
        await IsReplayedAsync(live);
    }

    private async Task<LivePipeline> StartAsync()
    {
        Site.On("/feed", context =>
        {
            context.Response.ContentType = "application/rss+xml";
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                context.Response,
                $"<rss version=\"2.0\"><channel><title>The Post</title><item><guid>1</guid><title>{_headline}</title><link>{Site.Url("/story")}</link></item></channel></rss>");
        });
        var live = new LivePipeline(new FolderBlobStore(Folder["store"]), Queues.Queue, Site.Host, Time);
        await live.StartAsync(new([new FeedSettings { Url = Site.Url("/feed") }]));
        return live;
    }

    private (string? From, int Revision) Latest()
    {
        var record = Assert.Single(ReplayRun.Records(Folder["store"]));
        return (record.GetProperty("textFrom").GetString(), record.GetProperty("revision").GetInt32());
    }

    private async Task IsReplayedAsync(LivePipeline live)
    {
        var again = new FolderBlobStore(Folder["again"]);
        for (var run = 0; run < 2; run++)
        {
            Assert.True((await live.ReplayAsync(again, Folder["tmp"])).AddsUp);
            Assert.Equal(await LivePipeline.WrittenAsync(live.Store), await LivePipeline.WrittenAsync(again));
        }
    }
}
