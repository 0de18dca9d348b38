using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Backfill;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Queues;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline.Backfill;

public sealed class BackfillTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _time = new();
    private readonly FolderBlobStore _store;
    private readonly WorkQueues _queues;

    public BackfillTests()
    {
        _store = new(_folder["store"]);
        _queues = WorkQueues.InFolder(_folder["store"], _time);
        Directory.CreateDirectory(_folder["store"]);
    }

    private string Archive => Path.Combine(_folder["store"], "archive");

    [Fact]
    public async Task An_archive_in_segments_gives_the_bytes_of_a_replay_in_one_process()
    {
        BackfillWork.Archive(Archive);
        await using var work = new BackfillWork(_store, _queues.Queue, _time);
        var id = await work.StartAsync("archive/");
        await work.DrainAsync();

        var state = (await work.StateAsync(id))!;
        Assert.Equal((BackfillPhase.Done, null), (state.Phase, state.Reason));
        Assert.True(state is { Segments: 2, Parts: > 4, Faults: > 0 }, state.ToString());
        Assert.Equal(await ReplayedAsync(), await BackfillWork.TreeAsync(_store));
        Assert.Empty(work.Live.Problems);
        Assert.Equal(state.ArticlesIn, state.Articles.Values.Sum());
        Assert.Equal(1, state.Articles[Disposition.NotArchived]);
        Assert.True(state.Articles[Disposition.Written] > 14);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Workers_in_disorder_with_messages_that_come_twice_give_the_same_bytes(int seed)
    {
        BackfillWork.Archive(Archive);
        await using var one = new BackfillWork(_store, _queues.Queue, _time);
        await using var two = new BackfillWork(_store, _queues.Queue, _time);
        await using var three = new BackfillWork(_store, _queues.Queue, _time);
        var id = await one.StartAsync("archive/");

        await BackfillWork.DisorderAsync([one, two, three], new Random(seed));

        Assert.Equal(BackfillPhase.Done, (await one.StateAsync(id))!.Phase);
        Assert.Equal(await ReplayedAsync(), await BackfillWork.TreeAsync(_store));
    }

    [Fact]
    public async Task A_segment_that_an_earlier_release_scanned_is_scanned_anew()
    {
        BackfillWork.Archive(Archive);
        await using var work = new BackfillWork(_store, _queues.Queue, _time);
        var id = await work.StartAsync("archive/");
        var staging = new Staging(_store, work.Live.Get<LiveStore>().Version, id);
        while (await staging.CountAsync(Staging.Scanned, default) < 2)
            await work.Live.Run.DrainAsync(1, default);
        Assert.False(await staging.HasAsync(Staging.Index, default));

        // As it stands where that release wrote under a name of its own.
        await _store.DeleteAsync(staging.NameOf(Staging.ScannedOf(0)), null, default);
        await work.DrainAsync();

        Assert.Equal(BackfillPhase.Done, (await work.StateAsync(id))!.Phase);
        Assert.Equal(await ReplayedAsync(), await BackfillWork.TreeAsync(_store));
        Assert.Empty(work.Live.Problems);
    }

    [Theory]
    [InlineData("extract/0")]
    [InlineData("decide/0")]
    public async Task A_late_message_of_a_back_fill_that_is_begun_again_does_nothing(string part)
    {
        BackfillWork.Archive(Archive);
        await using var work = new BackfillWork(_store, _queues.Queue, _time);
        var id = await work.StartAsync("archive/");
        var start = MessageJson.Replay(Assert.Single(await work.Queue.ReceiveAsync(32, TimeSpan.FromMinutes(10))).Body);
        await work.Stage.ProcessAsync(start, default);

        await work.Stage.ProcessAsync(start with { Segment = $"{id}/{part}" }, default);
        await work.DrainAsync();

        Assert.Equal(BackfillPhase.Done, (await work.StateAsync(id))!.Phase);
        Assert.Equal(await ReplayedAsync(), await BackfillWork.TreeAsync(_store));
        Assert.Empty(work.Live.Problems);
    }

    [Fact]
    public async Task One_that_nobody_works_on_for_a_week_is_given_up_and_leaves_nothing_and_can_be_started_again()
    {
        BackfillWork.Archive(Archive);
        await using var work = new BackfillWork(_store, _queues.Queue, _time);
        var id = await work.StartAsync("archive/");
        await work.Live.Run.DrainAsync(1, default);
        // Its messages are lost.
        foreach (var item in await work.Queue.ReceiveAsync(32, TimeSpan.FromMinutes(1)))
            await work.Queue.DeleteAsync(item);
        var sweep = new BackfillSweep(_store, work.Queue, _time);

        _time.Advance(TimeSpan.FromDays(6));
        await sweep.RunAsync(default);
        Assert.Equal(BackfillPhase.Scanning, (await work.StateAsync(id))!.Phase);
        Assert.NotEmpty(await _store.ListAsync("runs/").ToListAsync());

        _time.Advance(TimeSpan.FromDays(2));
        await sweep.RunAsync(default);
        var state = (await work.StateAsync(id))!;
        Assert.Equal(
            (BackfillPhase.Refused, "nobody has worked on it for 7 days, so what it had staged was deleted: start it again"), (state.Phase, state.Reason));
        Assert.Empty(await _store.ListAsync("runs/").ToListAsync());

        await work.StartAsync("archive/");
        await work.DrainAsync();
        Assert.Equal(BackfillPhase.Done, (await work.StateAsync(id))!.Phase);
        Assert.Equal(await ReplayedAsync(), await BackfillWork.TreeAsync(_store));
    }

    [Fact]
    public async Task Other_rules_write_a_run_beside_the_current_one_which_readers_use_until_it_is_whole()
    {
        BackfillWork.Archive(Archive);
        await ReplayRun.RunAsync([Archive], _store, new() { Pipeline = new() { CopyWindowDays = 7 } });
        var before = await BackfillWork.TreeAsync(_store);
        await using var work = new BackfillWork(_store, _queues.Queue, _time);
        var id = await work.StartAsync("archive/");

        while ((await work.StateAsync(id))?.Phase is not BackfillPhase.Deciding and not BackfillPhase.Done)
        {
            var header = StoreHeader.Read((await _store.ReadAsync(StoreNames.Header))!.Content.Span)!;
            Assert.Equal("", header.Prefix);
            await work.Live.Run.DrainAsync(1, CancellationToken.None);
        }

        await work.DrainAsync();
        var after = await BackfillWork.TreeAsync(_store);
        var current = StoreHeader.Read((await _store.ReadAsync(StoreNames.Header))!.Content.Span)!;
        Assert.Equal(PipelineVersion.Of(new()), current.PipelineVersion);
        Assert.StartsWith("runs/", current.Prefix, StringComparison.Ordinal);
        Assert.All(before.Where(b => b.Key != StoreNames.Header), b => Assert.Equal(b.Value, after[b.Key]));
        Assert.DoesNotContain(after.Keys, k => k.Contains("staging", StringComparison.Ordinal));

        var replayed = new FolderBlobStore(_folder["replayed"]);
        await ReplayRun.RunAsync([Archive], replayed, new() { Pipeline = new() { CopyWindowDays = 7 } });
        await ReplayRun.RunAsync([Archive], replayed, new() { NewRun = true });
        Assert.Equal(await BackfillWork.TreeAsync(replayed), after);
    }

    [Fact]
    public async Task What_a_site_taught_on_the_days_before_is_taken_out_as_in_a_replay()
    {
        Directory.CreateDirectory(Archive);
        foreach (var day in (int[])[0, 1, 5])
        {
            var web = new TestWeb().Feed(
                "https://post.example/feed", day * 24, [.. Enumerable.Range(day * 10, 8).Select(i => ($"Story {i}", $"https://post.example/{i}"))]);
            for (var i = day * 10; i < (day * 10) + 8; i++)
                web.Article(
                    $"https://post.example/{i}", (day * 24) + 1, $"Story {i}",
                    [.. TestWeb.Story(i), "The Post is printed on the island every week and has been read by its people since the ferry came."]);
            web.Save(Path.Combine(Archive, $"{day}.warc.gz"));
        }

        await using var work = new BackfillWork(_store, _queues.Queue, _time);
        await work.StartAsync("archive/");
        await work.DrainAsync();

        Assert.Equal(await ReplayedAsync(), await BackfillWork.TreeAsync(_store));
        Assert.Contains(
            ReplayRun.Records(_folder["store"]),
            r => r.TryGetProperty("learned", out _) && !r.GetProperty("text").GetString()!.Contains("printed on the island", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_archive_again_does_nothing_and_one_with_another_file_only_adds()
    {
        BackfillWork.Archive(Archive);
        await using var work = new BackfillWork(_store, _queues.Queue, _time);
        var id = await work.StartAsync("archive/");
        await work.DrainAsync();
        var whole = await BackfillWork.TreeAsync(_store);

        Assert.Equal(id, await work.StartAsync("archive/"));
        await work.DrainAsync();
        Assert.Equal(whole, await BackfillWork.TreeAsync(_store));

        new TestWeb()
            .Feed("https://new.example/feed", 50, ("New", "https://new.example/1"))
            .Article("https://new.example/1", 51, "New", TestWeb.Story(77))
            .Save(Path.Combine(Archive, "z.warc.gz"));
        Assert.NotEqual(id, await work.StartAsync("archive/"));
        await work.DrainAsync();
        var added = await BackfillWork.TreeAsync(_store);
        Assert.Equal(
            whole.Keys.Count(k => k.StartsWith("records/", StringComparison.Ordinal)) + 1,
            added.Keys.Count(k => k.StartsWith("records/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_prefix_without_archive_files_is_set_aside_with_what_to_do()
    {
        await using var work = new BackfillWork(_store, _queues.Queue, _time);

        var refused = await Assert.ThrowsAsync<FormatException>(() => work.StartAsync("archive/"));

        Assert.Contains("no WARC file under archive/", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<FormatException>(() => work.StartAsync("../x"));
        await Assert.ThrowsAsync<FormatException>(() => work.StartAsync(""));
    }

    [Theory]
    [InlineData("b.warc", "a/b.warc", -1)]
    [InlineData("a-b/c.warc", "a/c.warc", 1)]
    [InlineData("a/b/c.warc", "a/c.warc", 1)]
    [InlineData("a/c.warc", "a/d.warc", -1)]
    [InlineData("a/c.warc", "a/c.warc", 0)]
    public void Files_come_in_the_order_in_which_a_folder_is_scanned(string first, string second, int order) =>
        Assert.Equal(order, Math.Sign(ArchiveOrder.Instance.Compare(first, second)));

    public void Dispose()
    {
        _queues.Dispose();
        _folder.Dispose();
    }

    private async Task<SortedDictionary<string, string>> ReplayedAsync()
    {
        var replayed = new FolderBlobStore(_folder["replayed"]);
        await ReplayRun.RunAsync([Archive], replayed);
        return await BackfillWork.TreeAsync(replayed);
    }
}
