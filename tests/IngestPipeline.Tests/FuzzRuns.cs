using System.Globalization;

namespace IngestPipeline.Tests;

/// <summary>How long fuzz tests run: shortly by default; <c>INGEST_FUZZ_RUNS=1000000</c> gives each a million inputs.</summary>
internal static class FuzzRuns
{
    public static int Of(int byDefault) =>
        int.TryParse(Environment.GetEnvironmentVariable("INGEST_FUZZ_RUNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var runs) ? runs : byDefault;
}
