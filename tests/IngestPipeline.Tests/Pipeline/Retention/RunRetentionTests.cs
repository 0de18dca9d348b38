using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Backfill;
using IngestPipeline.Pipeline.Retention;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Pipeline.Live;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;
using IngestPipeline.Verification;

namespace IngestPipeline.Tests.Pipeline.Retention;

/// <summary>A store of three runs, as new options leave it: the root's, an earlier one under <c>runs/</c>, and the current one.</summary>
public sealed class RunRetentionTests : IDisposable
{
    private static readonly string[] Kept = ["capture/2026-03-14/kept.txt", "reports/kept.html", "state/hosts/kept.json"];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Earlier_runs_go_whole_and_the_current_one_with_captures_and_state_stays()
    {
        var store = await StoreAsync("store");
        var header = await HeaderAsync(store);
        var current = await NamesAsync(store, header.Prefix);

        var gone = await new RunRetention(store, TimeProvider.System).RunAsync(0, false, default);

        Assert.Equal(header.Earlier, gone.Gone);
        Assert.Empty((await HeaderAsync(store)).Earlier);
        string[] rest = [.. current, .. Kept, StoreNames.Header];
        Assert.Equal(rest.Order(StringComparer.Ordinal), (await NamesAsync(store, "")).Order(StringComparer.Ordinal));
        Assert.Empty((await new StoreVerifier(store, TimeProvider.System).RunAsync(false, default)).Problems);
        Assert.NotEmpty(await LivePipeline.WrittenAsync(StoreRuns.At(store, header.Prefix)));
    }

    [Fact]
    public async Task The_newest_earlier_runs_stay_and_a_dry_run_changes_nothing()
    {
        var store = await StoreAsync("store");
        var before = await ReplayRun.TreeHashAsync(store);

        var would = await new RunRetention(store, TimeProvider.System).RunAsync(1, true, default);

        Assert.Equal(before, await ReplayRun.TreeHashAsync(store));
        var gone = await new RunRetention(store, TimeProvider.System).RunAsync(1, false, default);
        Assert.Equal((would.Blobs, 1), (gone.Blobs, gone.Kept));
        Assert.Equal("", Assert.Single(gone.Gone).Prefix);
        Assert.NotEmpty(await NamesAsync(store, Assert.Single((await HeaderAsync(store)).Earlier).Prefix));
        Assert.Empty(await NamesAsync(store, "articles/"));
    }

    [Fact]
    public async Task A_run_that_a_back_fill_has_not_finished_stays_and_what_a_finished_one_left_goes()
    {
        var store = await StoreAsync("store");
        var header = await HeaderAsync(store);
        var run = header.Earlier[^1].PipelineVersion;
        await StageAsync(store, run, "open", BackfillPhase.Extracting);
        await StageAsync(store, header.PipelineVersion, "done", BackfillPhase.Done);

        var gone = await new RunRetention(store, TimeProvider.System).RunAsync(0, false, default);

        Assert.Equal(run, Assert.Single(gone.Busy).PipelineVersion);
        Assert.Equal(1, gone.Staged);
        Assert.Empty(await NamesAsync(store, StoreNames.Staging(header.PipelineVersion, "done")));
        Assert.NotEmpty(await NamesAsync(store, StoreNames.Run(run) + "articles/"));
        Assert.Equal(run, Assert.Single((await HeaderAsync(store)).Earlier).PipelineVersion);

        await StageAsync(store, run, "open", BackfillPhase.Refused);
        Assert.Empty((await new RunRetention(store, TimeProvider.System).RunAsync(0, false, default)).Busy);
    }

    [Fact]
    public async Task Letting_go_that_died_goes_on_when_it_is_run_again()
    {
        var whole = await StoreAsync("whole");
        var counting = new CrashingStore(whole, 0, false);
        await new RunRetention(counting, TimeProvider.System).RunAsync(0, false, default);
        Assert.True(counting.Writes > 2);
        foreach (var dieAt in new[] { 1, 2, counting.Writes / 2, counting.Writes - 1, counting.Writes })
        {
            var store = await StoreAsync($"store-{dieAt}");
            await Assert.ThrowsAnyAsync<Exception>(
                () => new RunRetention(new CrashingStore(store, dieAt, false), TimeProvider.System).RunAsync(0, false, default));
            Assert.Empty((await new StoreVerifier(store, TimeProvider.System).RunAsync(false, default)).Problems);

            await new RunRetention(store, TimeProvider.System).RunAsync(0, false, default);

            Assert.Equal(await ReplayRun.TreeHashAsync(whole), await ReplayRun.TreeHashAsync(store));
        }
    }

    public void Dispose() => _folder.Dispose();

    private static async Task StageAsync(IBlobStore store, string run, string id, BackfillPhase phase)
    {
        var state = new BackfillState { Id = id, Archive = "capture/", Run = run, Phase = phase };
        await store.WriteBatchAsync([new(StoreNames.Staging(run, id) + "plan.json", "{}"u8.ToArray()), new(StoreNames.Backfill(id), state.ToJson())]);
    }

    private static async Task<StoreHeader> HeaderAsync(IBlobStore store) => StoreHeader.Read((await store.ReadAsync(StoreNames.Header))!.Content.Span)!;

    private static async Task<List<string>> NamesAsync(IBlobStore store, string prefix) => await store.ListAsync(prefix).Select(i => i.Name).ToListAsync();

    private async Task<IBlobStore> StoreAsync(string name)
    {
        var archive = new TestWeb().Feed("https://post.example/feed", 0, ("Story 1", "https://post.example/1"), ("Story 2", "https://post.example/2"))
            .Article("https://post.example/1", 1, "Story 1", TestWeb.Story(1))
                .Article("https://post.example/2", 1, "Story 2", TestWeb.Story(2))
                .Save(_folder["a.warc.gz"]);
        var store = new FolderBlobStore(_folder[name]);
        foreach (var length in new[] { 200, 201, 202 })
            Assert.True((await ReplayRun.RunAsync([archive], store, new() { NewRun = true, Pipeline = new() { FeedTextLength = length } })).Summary!.AddsUp);
        foreach (var kept in Kept)
            await store.CreateAsync(kept, "{}"u8.ToArray());
        return store;
    }
}
