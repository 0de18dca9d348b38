using System.Text.Json;
using IngestPipeline.Export;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Pipeline.Upgrading;
using IngestPipeline.Records;
using IngestPipeline.Reports;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;
using IngestPipeline.Verification;

namespace IngestPipeline.Tests.Pipeline.Upgrading;

public sealed class StoreUpgradeTests : IDisposable
{
    private static readonly string Samples = Path.Combine(RepositoryRoot.Path, "samples");
    private static readonly TestClock Clock = new();

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_store_of_the_first_schema_is_read_as_it_is_and_upgraded_into_what_is_written_now()
    {
        var store = await OldAsync();
        Assert.True((await new StoreVerifier(store, Clock).RunAsync(false, default)).IsSound);
        var old = await ExportAsync(store);
        Assert.True((await ReportSite.WriteAsync(store, _folder["site"])).Articles > 5);

        var done = await UpgradeAsync(store);

        Assert.Equal((null, "runs/" + PipelineVersion.Of(new()) + "/"), (done.Refusal, done.Prefix));
        Assert.True(done.Articles > 5 && done.Incomplete == done.Articles && done.Records == old.Count);
        Assert.Empty((await new StoreVerifier(store, Clock).RunAsync(false, default)).Problems);
        var now = await ExportAsync(store);
        Assert.Equal(old.Select(o => Pick(o, "text")), now.Select(n => Pick(n, "text")));
        Assert.Equal(old.Select(o => Pick(o, "copy")), now.Select(n => Pick(n, "copy")));
        Assert.All(now, n => Assert.Equal(("article/2", JsonValueKind.Null), (n.GetProperty("schema").GetString(), n.GetProperty("standfirst").ValueKind)));
        Assert.All(now, n => Assert.Contains(UpgradeResult.Flag, n.GetProperty("flags").EnumerateArray().Select(f => f.GetString())));
        // A replay with this release takes the store for its own, and one more upgrade finds nothing to do.
        Assert.True((await UpgradeAsync(store)).IsCurrent);
        Assert.Null((await ReplayRun.RunAsync([Samples], store)).Refusal);
    }

    [Fact]
    public async Task What_is_upgraded_follows_the_published_schemas()
    {
        var store = new FolderBlobStore(_folder["out"]);
        await ReplayRun.RunAsync([Samples], store);
        await OldStore.DowngradeAsync(store);
        var done = await UpgradeAsync(store);

        foreach (var (schema, prefix) in new[] { ("article", StoreNames.Articles), ("record", StoreNames.AllRecords) })
        {
            var rules = await NJsonSchema.JsonSchema.FromFileAsync(Path.Combine(RepositoryRoot.Path, "docs", "schemas", schema + ".schema.json"));
            await foreach (var item in store.ListAsync(done.Prefix + prefix))
                Assert.Empty(rules.Validate(System.Text.Encoding.UTF8.GetString((await store.ReadAsync(item.Name))!.Content.Span)));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_upgrade_that_died_at_any_write_shows_the_old_run_and_ends_with_the_same_bytes(bool afterEffect)
    {
        var whole = await OldAsync();
        var old = Texts(await ExportAsync(whole));
        var counting = new CrashingStore(whole, 0, false);
        await UpgradeAsync(counting);
        var expected = await ReplayRun.TreeHashAsync(whole);
        Assert.True(counting.Writes > 10);

        for (var dieAt = 1; dieAt <= counting.Writes; dieAt++)
        {
            var store = await OldAsync();
            await Assert.ThrowsAsync<CrashingStore.CrashException>(() => UpgradeAsync(new CrashingStore(store, dieAt, afterEffect)));
            Assert.Equal(old, Texts(await ExportAsync(store)));
            // Only the mark's deletion, and the switch whose answer was lost, lie behind the switch.
            var isSwitched = (await RecordStore.OpenAsync(store)).Header.Prefix.Length > 0;
            Assert.Equal(dieAt == counting.Writes || (afterEffect && dieAt == counting.Writes - 1), isSwitched);

            var again = await UpgradeAsync(store);

            Assert.Null(again.Refusal);
            Assert.True(isSwitched || again.IsResumed || (dieAt == 1 && !afterEffect));
            Assert.True(expected == await ReplayRun.TreeHashAsync(store), $"died at write {dieAt}, {(afterEffect ? "after" : "before")} its effect");
        }
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_changes_nothing()
    {
        var store = await OldAsync();
        var before = await ReplayRun.TreeHashAsync(store);

        var would = await new StoreUpgrade(store, Clock).RunAsync(dryRun: true, null, default);

        Assert.Equal(before, await ReplayRun.TreeHashAsync(store));
        Assert.Equal(await UpgradeAsync(store), would);
    }

    [Fact]
    public async Task A_store_that_a_newer_release_wrote_is_refused_by_every_reader_and_writer_in_a_line()
    {
        var store = await OldAsync();
        await OldStore.SetVersionAsync(store, "3");

        foreach (var work in new Func<Task>[] { () => UpgradeAsync(store), () => RecordStore.OpenAsync(store), () => new StoreVerifier(store, Clock).RunAsync(false, default) })
        {
            var refusal = await Assert.ThrowsAsync<StorageException>(work);
            Assert.Contains("Install the newer release", refusal.Message, StringComparison.Ordinal);
            Assert.True(refusal.IsOtherVersion);
        }

        Assert.Contains("Install the newer release", (await ReplayRun.RunAsync([Samples], store, new() { NewRun = true })).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_an_older_release_is_written_to_only_after_an_upgrade()
    {
        var store = await OldAsync();

        Assert.Contains("ingest upgrade", (await ReplayRun.RunAsync([Samples], store)).Refusal, StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAsync<StorageException>(() => new LiveStore(store, PipelineVersion.Of(new())).RunAsync(default));
        Assert.Contains("ingest upgrade", refusal.Message, StringComparison.Ordinal);
        Assert.True(refusal.IsOtherVersion);
    }

    [Fact]
    public async Task A_pipeline_at_work_is_noticed_before_and_after()
    {
        var store = await OldAsync();
        var now = Clock.GetUtcNow();
        var state = new ArticleState { Id = ArticleId.Of("x"), ClaimedAt = now }.With(RequestKind.Feed, "h", new(null, null, now)).Listed(now, TimeSpan.Zero);
        await new ArticleStates(store).SaveAsync(state, null, default);
        await store.CreateAsync(StoreNames.Pending + state.Marker, default);
        Assert.Contains("a pipeline is running", (await UpgradeAsync(store)).Refusal, StringComparison.Ordinal);

        var folder = new FolderBlobStore(_folder["folder"]);
        await ReplayRun.RunAsync([Samples], folder);
        await OldStore.DowngradeAsync(folder);
        using (await FolderPresence.EnterAsync(folder.Location, () => Task.CompletedTask, default))
            Assert.Contains("a pipeline is running", (await UpgradeAsync(folder)).Refusal, StringComparison.Ordinal);
        Assert.Null((await UpgradeAsync(folder)).Refusal);

        var free = await OldAsync();
        var writes = 0;
        var told = await new StoreUpgrade(free, Clock).RunAsync(false, new Told(async () =>
        {
            if (++writes == 1)
                await free.CreateAsync(StoreNames.Inbox + "202603141200-x-1", default);
        }), default);
        Assert.Contains("wrote to it meanwhile", told.Refusal, StringComparison.Ordinal);
        Assert.Equal("", (await RecordStore.OpenAsync(free)).Header.Prefix);
        // What was copied of another state is not trusted, and the end is whole.
        Assert.False((await UpgradeAsync(free)).IsResumed);
        Assert.DoesNotContain(
            (await new StoreVerifier(free, Clock).RunAsync(false, default)).Problems, p => !p.Name.StartsWith(StoreNames.Inbox, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_of_that_version_that_is_no_upgrade_is_never_written_over()
    {
        var store = await OldAsync();
        await store.CreateAsync(StoreNames.Run(PipelineVersion.Of(new())) + "records/x.json", "{}"u8.ToArray());

        Assert.Contains("holds another run", (await UpgradeAsync(store)).Refusal, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<IBlobStore> OldAsync()
    {
        var store = new InMemoryBlobStore();
        await ReplayRun.RunAsync([Samples], store);
        return await OldStore.DowngradeAsync(store);
    }

    private static Task<UpgradeResult> UpgradeAsync(IBlobStore store) => new StoreUpgrade(store, Clock).RunAsync(dryRun: false, null, default);

    private static async Task<List<JsonElement>> ExportAsync(IBlobStore store)
    {
        using var output = new MemoryStream();
        await RecordExport.WriteAsync(store, ExportFormat.Ndjson, output, new());
        return [.. JsonLines.Split(output.ToArray()).Select(l => JsonElement.Parse(l.Span))];
    }

    private static List<string> Texts(List<JsonElement> records) => [.. records.Select(r => Pick(r, "id") + Pick(r, "text") + Pick(r, "copy"))];

    private static string Pick(JsonElement record, string name) => record.GetProperty(name).GetRawText();

    private sealed class Told(Func<Task> then) : IProgress<long>
    {
        public void Report(long value) => then().GetAwaiter().GetResult();
    }
}
