using IngestPipeline.Archive;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Backfill;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Pipeline.Live;

namespace IngestPipeline.Tests.Pipeline.Backfill;

/// <summary>A back-fill of what a live pipeline captured, beside that pipeline.</summary>
public sealed class OwnCapturesTests : LiveFixture
{
    private FolderBlobStore _store = null!;
    private LivePipeline _live = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _store = new(Folder["store"]);
        var day = new LiveDay(Site, Time);
        for (var i = 0; i < 4; i++)
            day.Entry("/a.xml", i * 0.5, $"Story {i}", $"/a/{i}").Page(
                $"/a/{i}", (0, $"Story {i}", TestWeb.Story(i)), (1.5, i == 1 ? "Story 1 corrected" : $"Story {i}", TestWeb.Story(i)));
        day.Entry("/a.xml", 0, "Left out", "/sport/1").Page("/sport/1", (0, "Left out", TestWeb.Story(40)));
        day.Entry("/b.xml", 0.5, "Carried 0", "/b/0").Page("/b/0", (0, "Carried 0", TestWeb.Story(0)));
        _live = new(_store, Queues.Queue, Site.Host, Time, o => o with { Pipeline = new() { CopyWindowDays = 7 } });
        await _live.StartAsync(new([.. day.Feeds.Feeds.Select(f => f with { Exclude = ["*/sport/*"] })]));
        await _live.PassAsync(TimeSpan.FromHours(4), TimeSpan.FromMinutes(15));
    }

    public override async Task DisposeAsync()
    {
        await _live.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task New_rules_give_what_a_replay_of_the_captures_gives_with_the_same_list_of_feeds()
    {
        await using var work = new BackfillWork(_store, Queues.Queue, Time);
        var id = await work.StartAsync(StoreNames.Captures);
        await work.DrainAsync();

        var state = (await work.StateAsync(id))!;
        Assert.Equal((BackfillPhase.Done, null), (state.Phase, state.Reason));
        var replayed = new FolderBlobStore(Folder["replayed"]);
        await using (var archive = await WebArchive.OpenAsync([Path.Combine(Folder["store"], "capture")], new(), CancellationToken.None))
            await Replay.RunAsync(
                archive, replayed, new() { Feeds = FeedList.Read(File.ReadAllBytes(Path.Combine(Folder["store"], FeedList.StoreName))).List }, null,
                CancellationToken.None);
        var prefix = StoreNames.Run(PipelineVersion.Of(new()));
        var run = (await BackfillWork.TreeAsync(_store))
            .Where(b => b.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(b => b.Key[prefix.Length..], b => b.Value);
        var expected = (await BackfillWork.TreeAsync(replayed)).Where(b => b.Key != StoreNames.Header).ToDictionary();
        Assert.Equal(expected, run);
        Assert.Equal(5, run.Keys.Count(k => k.StartsWith("records/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_run_that_would_lack_later_captures_does_not_become_current_and_says_what_to_do()
    {
        await using var work = new BackfillWork(_store, Queues.Queue, Time);
        var id = await work.StartAsync(StoreNames.Captures);
        await work.Live.Run.DrainAsync(1, CancellationToken.None);
        await _live.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(30));
        await work.DrainAsync();

        var state = (await work.StateAsync(id))!;
        Assert.Equal(BackfillPhase.Refused, state.Phase);
        Assert.Contains("stop what polls into this store", state.Reason, StringComparison.Ordinal);
        Assert.Equal("", StoreHeader.Read((await _store.ReadAsync(StoreNames.Header))!.Content.Span)!.Prefix);
        Assert.DoesNotContain((await BackfillWork.TreeAsync(_store)).Keys, k => k.Contains("staging", StringComparison.Ordinal));

        // Nothing polls any more: the next one is whole.
        var again = await work.StartAsync(StoreNames.Captures);
        await work.DrainAsync();
        Assert.Equal(BackfillPhase.Done, (await work.StateAsync(again))!.Phase);
    }

    [Fact]
    public async Task A_release_of_the_old_rules_stops_writing_once_the_new_run_is_current()
    {
        await using var work = new BackfillWork(_store, Queues.Queue, Time);
        await work.StartAsync(StoreNames.Captures);
        await work.DrainAsync();

        var stopped = await Assert.ThrowsAsync<StorageException>(() => _live.Get<PollFeeds>().RunAsync(CancellationToken.None));

        Assert.Contains("another release made its run the current one", stopped.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StorageException>(() => _live.Get<Deduplicate>().RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task The_deduplication_waits_while_a_back_fill_writes_into_its_run()
    {
        var version = PipelineVersion.Of(new() { CopyWindowDays = 7 });
        var lease = (await WriterLease.TryTakeAsync(_store, version, Time, CancellationToken.None))!;
        Assert.Null(await WriterLease.TryTakeAsync(_store, version, Time, CancellationToken.None));
        Assert.True((await _live.Get<Deduplicate>().RunAsync(CancellationToken.None)).Fenced);

        // A dead writer's lease ends by itself, and what it would still do is refused.
        Time.Advance(TimeSpan.FromMinutes(11));
        Assert.False((await _live.Get<Deduplicate>().RunAsync(CancellationToken.None)).Fenced);
        await using var next = await WriterLease.TryTakeAsync(_store, version, Time, CancellationToken.None);
        Assert.NotNull(next);
        await Assert.ThrowsAsync<StorageException>(() => lease.RenewAsync(CancellationToken.None));
    }
}
