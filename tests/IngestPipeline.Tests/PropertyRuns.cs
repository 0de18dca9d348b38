using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace IngestPipeline.Tests;

/// <summary>
/// How properties are checked: over the same inputs each time, so that a run says the same everywhere; <c>INGEST_PROPERTY_SEED=7</c> takes others, and
/// <c>INGEST_FUZZ_RUNS=100000</c> more of them. A failure prints its input.
/// </summary>
internal static class PropertyRuns
{
    private const int Usual = 100;

    public static void Hold(this Property property, int runs = Usual) =>
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(FuzzRuns.Of(runs)).WithReplay(new Replay(new Rnd(Seed()), null)));

    private static ulong Seed() =>
        ulong.TryParse(Environment.GetEnvironmentVariable("INGEST_PROPERTY_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : 1;
}
