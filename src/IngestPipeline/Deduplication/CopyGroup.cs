namespace IngestPipeline.Deduplication;

/// <summary>A group of copies.</summary>
/// <param name="Members">The numbers of its articles, the canonical one first.</param>
/// <param name="Decisions">The decisions about them in the same order, before stories are known.</param>
internal sealed record CopyGroup(IReadOnlyList<int> Members, IReadOnlyList<CopyDecision> Decisions);
