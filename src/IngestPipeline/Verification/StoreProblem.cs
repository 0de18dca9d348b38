namespace IngestPipeline.Verification;

/// <summary>Something in a store that is not as it must be.</summary>
/// <param name="Invariant">Which promise it breaks.</param>
/// <param name="Name">The blob, or the article.</param>
/// <param name="What">What is wrong, in words.</param>
/// <param name="Remedy">What a repair does, or what a person has to do.</param>
/// <param name="State">Whether a repair can mend it, or has.</param>
public sealed record StoreProblem(StoreInvariant Invariant, string Name, string What, string Remedy, ProblemState State);
