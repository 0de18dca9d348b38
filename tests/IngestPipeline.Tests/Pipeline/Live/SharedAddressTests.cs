using IngestPipeline.Feeds.Lists;
using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>A feed whose stories stand at one address, one after the other, each with an entry of its own. A replay says the same.</summary>
public sealed class SharedAddressTests : LiveFixture
{
    private readonly List<string> _entries = ["<item><guid>1</guid><title>Monday's briefing</title><link>{0}</link></item>"];

    [Fact]
    public async Task A_further_entry_about_a_known_address_is_fetched_and_its_text_is_the_next_revision()
    {
        Site.Page("/briefing", TestWeb.ArticleHtml("Monday's briefing", TestWeb.Story(1)));
        Site.On("/feed", context =>
        {
            context.Response.ContentType = "application/rss+xml";
            var items = string.Concat(_entries.Select(e => string.Format(System.Globalization.CultureInfo.InvariantCulture, e, Site.Url("/briefing"))));
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                context.Response, $"<rss version=\"2.0\"><channel><title>The Post</title>{items}</channel></rss>");
        });
        await using var live =
            new LivePipeline(new FolderBlobStore(Folder["store"]), Queues.Queue, Site.Host, Time, o => o with { Live = o.Live with { Rechecks = [] } });
        await live.StartAsync(new([new FeedSettings { Url = Site.Url("/feed") }]));
        await live.PassAsync(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(5));

        Site.Page("/briefing", TestWeb.ArticleHtml("Tuesday's briefing", TestWeb.Story(2)));
        _entries.Insert(0, "<item><guid>2</guid><title>Tuesday's briefing</title><link>{0}</link></item>");
        await live.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(5));

        Assert.Equal(2, Site.Paths.Count(p => p == "/briefing"));
        var record = Assert.Single(ReplayRun.Records(Folder["store"]));
        Assert.Equal(2, record.GetProperty("revision").GetInt32());
        Assert.Contains(TestWeb.Story(2)[0], record.GetProperty("text").GetString(), StringComparison.Ordinal);
        var again = new FolderBlobStore(Folder["again"]);
        Assert.True((await live.ReplayAsync(again, Folder["tmp"])).AddsUp);
        Assert.Equal(await LivePipeline.WrittenAsync(live.Store), await LivePipeline.WrittenAsync(again));
    }
}
