using IngestPipeline.Queues;
using IngestPipeline.Tests.Fetching;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>What a test of the live pipeline has around it: a loopback site, a folder with queues, and a clock that the test moves.</summary>
/// <param name="queues">The part of the folder that has the queues: that of the store, or one beside it.</param>
public abstract class LiveFixture(string queues = "store") : IAsyncLifetime
{
    private protected TemporaryFolder Folder { get; } = new();

    private protected TestClock Time { get; } = new();

    private protected LoopbackSite Site { get; private set; } = null!;

    private protected WorkQueues Queues { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Site = await LoopbackSite.StartAsync();
        Queues = WorkQueues.InFolder(Folder[queues], Time);
    }

    public virtual async Task DisposeAsync()
    {
        Queues.Dispose();
        await Site.DisposeAsync();
        Folder.Dispose();
    }
}
