using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Pipeline.Live;

public sealed class LiveDayTests : LiveFixture
{
    [Fact]
    public async Task A_day_of_two_feeds_gives_every_article_once_and_a_replay_of_its_capture_gives_the_same()
    {
        var day = News(new LiveDay(Site, Time));
        await using var live = new LivePipeline(new FolderBlobStore(Folder["store"]), Queues.Queue, Site.Host, Time);
        await live.StartAsync(day.Feeds);
        await live.Queues.Articles.SendAsync("{bad");

        await live.PassAsync(TimeSpan.FromHours(36), TimeSpan.FromMinutes(5));

        var figures = await live.FiguresAsync();
        Assert.Equal(0, figures.Pending + figures.Inbox + figures.Queues.Values.Sum());
        var (entries, requests, pending, ended) = await live.LedgerAsync();
        Assert.Equal((requests, 0), (entries, pending));
        Assert.Equal(requests, ended);
        Assert.Equal(1, figures.Quarantined);

        var records = ReplayRun.Records(Folder["store"]);
        Assert.Equal(records.Count, records.Select(r => r.GetProperty("id").GetString()).Distinct().Count());
        // 12 stories, 4 carried by the other feed, one late after failures, one gone but for its headline, one in the feed alone, one that never answers.
        Assert.Equal(20, records.Count);
        Assert.Equal(4, records.Count(r => r.GetProperty("copy").GetProperty("kind").GetString() is "exact" or "near"));
        Assert.Equal(2, Revision("Story 3 corrected"));
        Assert.Equal(2, Revision("Story 5 renamed"));
        Assert.Equal("page", ReplayRun.Record(Folder["store"], "Flaky").GetProperty("textFrom").GetString());
        Assert.Equal("headline", ReplayRun.Record(Folder["store"], "Gone").GetProperty("textFrom").GetString());
        Assert.Equal("headline", ReplayRun.Record(Folder["store"], "Never").GetProperty("textFrom").GetString());
        Assert.Equal("feed", ReplayRun.Record(Folder["store"], "In the feed").GetProperty("textFrom").GetString());
        // Five tries, and as many at each of three times that it is looked at again.
        Assert.Equal(4 * 5, Site.Paths.Count(p => p == "/never"));

        var again = new FolderBlobStore(Folder["again"]);
        var summary = await live.ReplayAsync(again, Folder["tmp"]);
        Assert.True(summary.AddsUp);
        Assert.True(summary.Rechecks > 0);
        Assert.Equal(await LivePipeline.WrittenAsync(live.Store), await LivePipeline.WrittenAsync(again));
    }

    [Fact]
    public async Task The_same_messages_eight_times_at_once_give_one_fetch_and_one_record_each()
    {
        var day = new LiveDay(Site, Time);
        for (var i = 0; i < 3; i++)
            day.Entry("/a.xml", 0, $"Story {i}", $"/a/{i}").Page($"/a/{i}", (0, $"Story {i}", TestWeb.Story(i)));
        await using var live = new LivePipeline(new FolderBlobStore(Folder["store"]), Queues.Queue, Site.Host, Time);
        await live.StartAsync(day.Feeds);
        for (var i = 0; i < 8; i++)
        {
            await live.Queues.Feeds.SendAsync(MessageJson.Write(new FeedMessage(MessageJson.Version, day.Feeds.Feeds[0].Id, null)));
            for (var page = 0; page < 3; page++)
                await live.Queues.Articles.SendAsync(
                    MessageJson.Write(new ArticleMessage(MessageJson.Version, ArticleUrl.TryCreate(Site.Url($"/a/{page}"))!.Id, null)),
                    TimeSpan.FromSeconds(2));
        }

        await live.PassAsync(TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(10));

        Assert.Equal(3, ReplayRun.Records(Folder["store"]).Count);
        for (var page = 0; page < 3; page++)
            Assert.Single(Site.Paths, p => p == $"/a/{page}");
        var (entries, requests, pending, ended) = await live.LedgerAsync();
        Assert.Equal((3, 3, 0, 3), (entries, requests, pending, ended));
        var again = new FolderBlobStore(Folder["again"]);
        await live.ReplayAsync(again, Folder["tmp"]);
        Assert.Equal(await LivePipeline.WrittenAsync(live.Store), await LivePipeline.WrittenAsync(again));
    }

    private int Revision(string title) => ReplayRun.Record(Folder["store"], title).GetProperty("revision").GetInt32();

    private static LiveDay News(LiveDay day)
    {
        for (var i = 0; i < 12; i++)
        {
            var (hour, path, title, story) = (i * 1.5, $"/a/{i}", $"Story {i}", TestWeb.Story(i));
            day.Entry("/a.xml", hour, title, path);
            switch (i)
            {
                case 3:
                    // Corrected without a word in the feed.
                    day.Page(path, (hour, title, story), (hour + 2, "Story 3 corrected", story));
                    break;
                case 5:
                    day.Entry("/a.xml", hour + 3, "Story 5 renamed", path);
                    day.Page(path, (hour, title, story), (hour + 3, "Story 5 renamed", story));
                    break;
                default:
                    day.Page(path, (hour, title, story));
                    break;
            }

            if (i % 3 == 0)
                day.Entry("/b.xml", hour + 0.7, $"Carried {i}", $"/b/{i}").Page($"/b/{i}", (hour, $"Carried {i}", story));
        }

        return day
            .Entry("/b.xml", 2, "Flaky", "/flaky").Flaky("/flaky", 503, 2, "Flaky", TestWeb.Story(50))
            .Entry("/b.xml", 3, "Gone", "/gone").Page("/gone")
            .Entry("/b.xml", 4, "In the feed", null, string.Concat(TestWeb.Story(51).Select(p => $"<p>{p}</p>")))
            .Entry("/b.xml", 5, "Never", "/never").Flaky("/never", 503, 1000, "Never", TestWeb.Story(52));
    }
}
