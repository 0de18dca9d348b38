using System.Globalization;
using IngestPipeline.Storage;
using Xunit.Abstractions;

namespace IngestPipeline.Simulation;

/// <summary>
/// Many seeds, each a different run of bad luck. <c>INGEST_SIM_SEEDS=5000</c> runs more of them; <c>INGEST_SIM_SEED=17</c> runs one alone, which
/// is how a failure is looked at.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Usual = 40;

    [Fact]
    public async Task Without_faults_everything_holds()
    {
        var simulator = new Simulator(0, perMille: 0);

        Assert.Null(await simulator.RunAsync());
        Assert.Empty(await Promises.BrokenAsync(simulator));
        Assert.True(await Promises.LearnedAsync(simulator.Store) > 3, "the sites' own blocks were not learned");
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Whatever_goes_wrong_nothing_is_lost_doubled_or_unlike_its_replay()
    {
        var one = Number("INGEST_SIM_SEED");
        var seeds = one is { } seed ? [seed] : Enumerable.Range(1, Number("INGEST_SIM_SEEDS") ?? Usual);
        var failed = new List<string>();
        var (deaths, failures, runs, learned) = (0, 0, 0, 0);
        foreach (var n in seeds)
        {
            // From one fault in a thousand effects to one in a hundred and twenty.
            var simulator = new Simulator(n, perMille: 1 + (n % 2));
            var unfinished = await simulator.RunAsync();
            var broken = unfinished is not null ? [unfinished] : await Promises.BrokenAsync(simulator);
            (deaths, failures, runs) = (deaths + simulator.Faults.Deaths, failures + simulator.Faults.Failures, runs + 1);
            learned += await Promises.LearnedAsync(simulator.Store);
            if (broken.Count > 0)
                failed.Add(string.Create(CultureInfo.InvariantCulture, $"INGEST_SIM_SEED={n} dotnet test tests/IngestPipeline.Simulation   # {simulator.Describe()}: {string.Join("; ", broken.Take(5))}"));
        }

        output.WriteLine($"{runs} seeds, {deaths} deaths of the process, {failures} failures of services, {learned} articles without a block that their site had taught");
        Assert.True(learned > runs, "the sites' own blocks were not learned");
        Assert.True(failed.Count == 0, $"{failed.Count} of {runs} seeds:\n{string.Join('\n', failed.Take(10))}");
    }

    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData(1001)]
    [InlineData(1002)]
    public async Task The_same_holds_of_a_folder(int seed)
    {
        var folder = Directory.CreateTempSubdirectory("ingest-sim-").FullName;
        try
        {
            var simulator = new Simulator(seed, perMille: 2, new FolderBlobStore(folder));

            Assert.Null(await simulator.RunAsync());
            Assert.Empty(await Promises.BrokenAsync(simulator));
            Assert.True(simulator.Faults.Deaths > 0 && simulator.Faults.Failures > 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData(2001)]
    [InlineData(2002)]
    public async Task A_clock_that_jumps_by_a_day_and_back_loses_and_doubles_nothing(int seed)
    {
        var simulator = new Simulator(seed, perMille: 1, clockJumps: true);

        Assert.Null(await simulator.RunAsync());
        Assert.Empty(await Promises.BrokenAsync(simulator, isReplayed: false));
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
