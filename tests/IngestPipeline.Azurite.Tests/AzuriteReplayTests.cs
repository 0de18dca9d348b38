using IngestPipeline.Pipeline.Backfill;
using IngestPipeline.Queues;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Pipeline.Backfill;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Azurite;

/// <summary>A replay into Azure Blob Storage writes what a replay into a folder writes.</summary>
[Collection(AzuriteTests.Name)]
public sealed class AzuriteReplayTests(AzuriteServer azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [StoreFact]
    public async Task The_samples_give_the_same_bytes_in_azurite_and_in_a_folder()
    {
        var store = NewStore();
        var samples = Path.Combine(RepositoryRoot.Path, "samples");

        await ReplayRun.RunAsync([samples], store);
        await ReplayRun.RunAsync(samples, _folder["out"]);

        Assert.Equal(await ReplayRun.TreeHashAsync(_folder["out"]), await ReplayRun.TreeHashAsync(store));
        Assert.Equal(0, (await ReplayRun.RunAsync([samples], store)).Summary!.Changes);
    }

    [StoreFact]
    public async Task A_run_that_died_half_way_in_azurite_and_runs_again_ends_with_the_same_bytes()
    {
        var samples = Path.Combine(RepositoryRoot.Path, "samples");
        await ReplayRun.RunAsync(samples, _folder["out"]);
        var expected = await ReplayRun.TreeHashAsync(_folder["out"]);

        for (var dieAt = 1; dieAt <= 9; dieAt += 2)
        {
            foreach (var afterEffect in (bool[])[false, true])
            {
                var store = NewStore();
                await Assert.ThrowsAsync<CrashingStore.CrashException>(() => ReplayRun.RunAsync([samples], new CrashingStore(store, dieAt, afterEffect)));
                await ReplayRun.RunAsync([samples], store);
                Assert.Equal(expected, await ReplayRun.TreeHashAsync(store));
            }
        }
    }

    [StoreFact]
    public async Task An_archive_in_azurite_in_segments_and_by_its_queues_gives_the_bytes_of_a_replay_into_a_folder()
    {
        var store = NewStore();
        BackfillWork.Archive(_folder["archive"]);
        foreach (var file in Directory.EnumerateFiles(_folder["archive"], "*", SearchOption.AllDirectories))
            await store.CreateAsync("archive/" + Path.GetRelativePath(_folder["archive"], file).Replace('\\', '/'), await File.ReadAllBytesAsync(file));
        var time = new TestClock();
        using var queues = WorkQueues.Open("azurite", time, null, azurite.ConnectionString);
        var prefix = azurite.NewContainer();
        await using var work = new BackfillWork(store, queues.Queue, time,
            o => o with { FeedQueue = prefix + "-feeds", ArticleQueue = prefix + "-articles", ReplayQueue = prefix + "-replays" });
        await work.Live.Run.PrepareAsync(CancellationToken.None);
        var id = await work.StartAsync("archive/");

        await work.DrainAsync();

        Assert.Equal(BackfillPhase.Done, (await work.StateAsync(id))!.Phase);
        await ReplayRun.RunAsync(_folder["archive"], _folder["out"]);
        Assert.Equal(await BackfillWork.TreeAsync(new FolderBlobStore(_folder["out"])), await BackfillWork.TreeAsync(store));
    }

    [StoreFact]
    [Trait("Category", "Slow")]
    public async Task A_thousand_real_pages_give_the_same_records_in_azurite_and_in_a_folder()
    {
        if (RepositoryRoot.Bench is not { } bench)
            return;

        var archive = _folder["real.warc.gz"];
        RealArchive.Write(bench, archive);
        var store = NewStore();

        var inAzurite = (await ReplayRun.RunAsync([archive], store)).Summary!;
        var inFolder = (await ReplayRun.RunAsync([archive], new FolderBlobStore(_folder["out"]))).Summary!;

        Assert.True(inFolder.ArticlesIn > 1000);
        Assert.Equal(inFolder.Articles, inAzurite.Articles);
        Assert.Equal(await ReplayRun.TreeHashAsync(_folder["out"]), await ReplayRun.TreeHashAsync(store));
    }

    public void Dispose() => _folder.Dispose();

    private IBlobStore NewStore() => BlobStoreFactory.Open($"azurite:{azurite.NewContainer()}", "ingest", azurite.ConnectionString);
}
