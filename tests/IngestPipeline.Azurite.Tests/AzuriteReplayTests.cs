using IngestPipeline.Storage;
using IngestPipeline.Tests.Pipeline;
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
