namespace IngestPipeline.Simulation;

/// <summary>How a seed ended.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Course"><see cref="Faults.Course"/>.</param>
/// <param name="Deaths">Deaths of the process.</param>
/// <param name="Failures">Failures and lost replies of services.</param>
/// <param name="Learned">Articles without a block that their site had taught.</param>
/// <param name="Broken">What does not hold; empty = everything does.</param>
/// <param name="Kinds">What the faults reached: <see cref="Coverage.Kinds"/>.</param>
internal sealed record SeedResult(
    int Seed, long Course, int Deaths, int Failures, int Learned, IReadOnlyList<string> Broken, IReadOnlyDictionary<string, int[]> Kinds);
