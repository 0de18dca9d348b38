using IngestPipeline.Storage;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>The single writer when its store fails.</summary>
public sealed class DeduplicateTests : LiveFixture
{
    [Fact]
    public async Task What_the_decider_was_told_of_is_published_by_the_next_run_though_the_store_was_down_for_all_the_rest_of_this_one()
    {
        var day = new LiveDay(Site, Time).Entry("/a.xml", 0, "Story", "/a/1").Page("/a/1", (0, "Story", TestWeb.Story(1)));
        var (fails, isDown) = (true, false);
        await using var live = new LivePipeline(new FaultingBlobStore(new FolderBlobStore(Folder["store"]), Fault), Queues.Queue, Site.Host, Time);
        await live.StartAsync(day.Feeds);
        await Assert.ThrowsAsync<StorageException>(live.TickAsync);

        fails = false;
        await live.TickAsync();

        Assert.Single(ReplayRun.Records(Folder["store"]));

        // Also the question whether another writer was there, which follows a failure.
        StoreFault Fault(int call, string operation, string name)
        {
            isDown |= operation == "batch" && name.StartsWith("decisions/", StringComparison.Ordinal);
            return fails && isDown ? StoreFault.Before : StoreFault.None;
        }
    }
}
