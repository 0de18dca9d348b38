using IngestPipeline.Archive;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Pipeline.Retention;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Pipeline.Live;
using IngestPipeline.Verification;

namespace IngestPipeline.Tests.Pipeline.Retention;

public sealed class LiveRetentionTests : LiveFixture
{
    [Fact]
    public async Task A_pipeline_that_keeps_no_raw_pages_writes_the_same_articles_and_captures_hashes_alone()
    {
        var day = new LiveDay(Site, Time);
        for (var i = 0; i < 3; i++)
            day.Entry("/a.xml", 0, $"Story {i}", $"/a/{i}").Page($"/a/{i}", (0, $"Story {i}", TestWeb.Story(i)));
        await using var live = new LivePipeline(
            new FolderBlobStore(Folder["store"]), Queues.Queue, Site.Host, Time, o => o with { Fetching = o.Fetching with { KeepsRawPages = false } });
        await live.StartAsync(day.Feeds);

        await live.PassAsync(TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(10));

        var records = ReplayRun.Records(Folder["store"]);
        Assert.Equal(3, records.Count);
        var captured = await StoreWords.FindAsync(live.Store, [.. records.Select(r => r.GetProperty("raw").GetProperty("sha256").GetString()!)]);
        Assert.Equal(3, captured.Count(c => c.Contains(" in capture/", StringComparison.Ordinal)));
        Assert.DoesNotContain(
            await StoreWords.FindAsync(live.Store, "story 1 part", "<rss", "User-Agent"), c => c.Contains(" in capture/", StringComparison.Ordinal));
        Assert.Empty((await new StoreVerifier(live.Store, Time).RunAsync(false, default)).Problems);
        // Nothing of it is a capture for a replay, and none is taken for a failure.
        await using var copy = await StoredArchive.CopyAsync(live.Store, StoreNames.Captures, Folder["tmp"], default);
        await using var archive = await WebArchive.OpenAsync([copy.Folder], new(), default);
        Assert.Equal(0, archive.Captures);
    }

    [Fact]
    public async Task A_running_pipeline_lets_go_once_a_day_and_what_is_left_of_its_captures_stands_by_itself()
    {
        var day = new LiveDay(Site, Time);
        for (var i = 0; i < 6; i++)
            day.Entry("/a.xml", i * 24, $"Story {i}", $"/a/{i}").Page($"/a/{i}", (i * 24, $"Story {i}", TestWeb.Story(i)));
        await using var live = new LivePipeline(
            new FolderBlobStore(Folder["store"]), Queues.Queue, Site.Host, Time,
            o => o with
            {
                Live = o.Live with { Retention = new() { CaptureDays = 2 }, Rechecks = [] },
                Fetching = o.Fetching with { RevisitAge = TimeSpan.FromDays(1) },
                Polling = o.Polling with { Ceiling = TimeSpan.FromHours(6), Floor = TimeSpan.FromHours(2) },
            });
        await live.StartAsync(day.Feeds);

        await live.PassAsync(TimeSpan.FromDays(5.5), TimeSpan.FromHours(2));

        var first = StoreNames.Day(Time.GetUtcNow().AddHours(-2).AddDays(-2));
        var days = (await live.Store.ListAsync(StoreNames.Captures).ToListAsync()).Select(c => c.Name.Split('/')[1]).Distinct().ToList();
        Assert.Equal(first, days[0]);
        Assert.Equal(first, (await RetentionMark.ReadAsync(live.Store)).CapturesFrom);
        Assert.Equal(6, ReplayRun.Records(Folder["store"]).Count);
        Assert.Empty((await new StoreVerifier(live.Store, Time).RunAsync(false, default)).Problems);
        // Every revisit that is left finds its payload.
        await using var copy = await StoredArchive.CopyAsync(live.Store, StoreNames.Captures, Folder["tmp"], default);
        await using var archive = await WebArchive.OpenAsync([copy.Folder], new(), default);
        Assert.True(archive.HoldsFeeds);
        Assert.Contains(archive.Feeds(), c => c.Kind == CaptureKind.Revisit);
        Assert.DoesNotContain(archive.Feeds().Concat(archive.Pages()), c => c.PayloadSha256 is null);
    }
}
