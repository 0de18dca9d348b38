using IngestPipeline.Storage;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline;

public sealed class ReplayCrashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_died_at_any_write_and_runs_again_ends_with_the_same_bytes(bool afterEffect)
    {
        var archive = ReplayTests.Weekend().Save(_folder["a.warc.gz"]);
        var whole = new CrashingStore(new FolderBlobStore(_folder["whole"]), 0, false);
        await ReplayRun.RunAsync([archive], whole);
        var expected = await ReplayRun.TreeHashAsync(whole);
        Assert.True(whole.Writes > 10);

        for (var dieAt = 1; dieAt <= whole.Writes; dieAt++)
        {
            var store = new FolderBlobStore(_folder[$"died-{dieAt}"]);
            await Assert.ThrowsAsync<CrashingStore.CrashException>(() => ReplayRun.RunAsync([archive], new CrashingStore(store, dieAt, afterEffect)));
            await ReplayRun.RunAsync([archive], store);

            Assert.True(expected == await ReplayRun.TreeHashAsync(store), $"died at write {dieAt}, {(afterEffect ? "after" : "before")} its effect");
        }
    }

    public void Dispose() => _folder.Dispose();
}
