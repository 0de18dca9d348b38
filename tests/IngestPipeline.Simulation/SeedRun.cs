using IngestPipeline.Storage;

namespace IngestPipeline.Simulation;

/// <summary>
/// Runs a seed from its start to its promises. What a seed is follows from its number: each of the four faults comes to one of a thousand effects, and to two
/// of a thousand for odd numbers and over a folder; one seed of twenty runs over a folder, and in one of twenty the clock jumps.
/// </summary>
internal static class SeedRun
{
    public static async Task<SeedResult> RunAsync(int seed)
    {
        var (isFolder, jumps) = (seed % 20 == 10, seed % 20 == 0);
        var folder = isFolder ? Directory.CreateTempSubdirectory("ingest-sim-").FullName : null;
        try
        {
            var simulator = new Simulator(seed, perMille: isFolder ? 2 : 1 + (seed % 2), folder is null ? null : new FolderBlobStore(folder), jumps);
            var unfinished = await simulator.RunAsync();
            var broken = unfinished is not null ? [unfinished] : await Promises.BrokenAsync(simulator, isReplayed: !jumps, isReplayedTwice: seed % 4 == 1);
            return new(
                seed, simulator.Faults.Course, simulator.Faults.Deaths, simulator.Faults.Failures, await Promises.LearnedAsync(simulator.Store), broken,
                simulator.Faults.Coverage.Kinds);
        }
        finally
        {
            if (folder is not null)
                Directory.Delete(folder, recursive: true);
        }
    }
}
