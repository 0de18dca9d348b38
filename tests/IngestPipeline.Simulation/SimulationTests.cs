using System.Globalization;
using Xunit.Abstractions;

namespace IngestPipeline.Simulation;

/// <summary>
/// Many seeds, each a different run of bad luck. <c>INGEST_SIM_SEEDS=5000</c> runs more of them; <c>INGEST_SIM_SEED=17</c> runs one alone, which
/// is how a failure is looked at.
/// </summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Usual = 180;

    // Each fault comes to one or two of a thousand effects: to one that happened so often it has come many times.
    private const int Often = 10_000;

    [Fact]
    public async Task Without_faults_everything_holds()
    {
        var simulator = new Simulator(0, perMille: 0);

        Assert.Null(await simulator.RunAsync());
        Assert.Empty(await Promises.BrokenAsync(simulator));
        Assert.True(await Promises.LearnedAsync(simulator.Store) > 3, "the sites' own blocks were not learned");
    }

    [Fact]
    public async Task A_seed_is_the_same_course_of_events_each_time()
    {
        // Over memory, over a folder, with a clock that jumps.
        foreach (var twice in (await SeedWorkers.RunAsync([9, 9, 10, 10, 20, 20])).GroupBy(r => r.Seed))
            Assert.Single(twice.Select(r => (r.Course, r.Deaths, r.Failures, r.Learned)).Distinct());
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Whatever_goes_wrong_nothing_is_lost_doubled_or_unlike_its_replay()
    {
        var results = await SeedWorkers.RunAsync(Number("INGEST_SIM_SEED") is { } one ? [one] : Enumerable.Range(1, Number("INGEST_SIM_SEEDS") ?? Usual));

        var coverage = new Coverage();
        foreach (var result in results)
            coverage.Add(result.Kinds);
        output.WriteLine(
            $"{results.Count} seeds, {results.Sum(r => r.Deaths)} deaths of the process, {results.Sum(r => r.Failures)} failures of services, {results.Sum(r => r.Learned)} articles without a block that their site had taught");
        output.WriteLine(
            $"fault coverage: {coverage.Reached} of {coverage.Points} crash points ({coverage.Kinds.Count} kinds of effect, each dies before, dies after, fails, loses its reply) were met, {coverage.Faults} times");
        foreach (var (kind, counts) in coverage.Kinds.OrderBy(k => k.Key, StringComparer.Ordinal))
            output.WriteLine($"  {kind}: {string.Join(", ", counts)}");

        var failed = results.Where(r => r.Broken.Count > 0).Select(r =>
            $"INGEST_SIM_SEED={r.Seed} dotnet test tests/IngestPipeline.Simulation   # {r.Deaths} deaths, {r.Failures} failures of services: {string.Join("; ", r.Broken.Take(5))}").ToList();
        Assert.True(failed.Count == 0, $"{failed.Count} of {results.Count} seeds:\n{string.Join('\n', failed.Take(10))}");
        Assert.True(results.Sum(r => r.Learned) > results.Count, "the sites' own blocks were not learned");
        Assert.Empty(coverage.Missed(Often));
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
