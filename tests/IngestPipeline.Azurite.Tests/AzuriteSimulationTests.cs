using IngestPipeline.Simulation;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Azurite;

/// <summary>The simulation over Azure Blob Storage: the pipeline dies and its calls fail, and the service goes on.</summary>
[Collection(AzuriteTests.Name)]
public sealed class AzuriteSimulationTests(AzuriteServer azurite)
{
    [StoreFact]
    [Trait("Speed", "Slow")]
    public async Task Whatever_goes_wrong_nothing_is_lost_doubled_or_unlike_its_replay()
    {
        var store = BlobStoreFactory.Open($"azurite:{azurite.NewContainer()}", "ingest", azurite.ConnectionString);
        await store.PrepareAsync();
        // Fewer effects, and more of them go wrong.
        var simulator = new Simulator(seed: 3001, perMille: 3, store, minutes: 15);

        Assert.Null(await simulator.RunAsync());
        Assert.Empty(await Promises.BrokenAsync(simulator));
        Assert.True(simulator.Faults is { Deaths: > 0, Failures: > 0 }, simulator.Describe());
    }
}
