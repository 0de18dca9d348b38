namespace IngestPipeline.Simulation;

/// <summary>Work that may be held at one of its effects.</summary>
/// <param name="Work">The work.</param>
/// <param name="Flow">What holds it.</param>
/// <param name="Life">The life of the process that it runs in.</param>
internal sealed record HeldWork(Task Work, Flow Flow, int Life);
