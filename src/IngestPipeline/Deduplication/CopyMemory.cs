namespace IngestPipeline.Deduplication;

/// <summary>Where the decider keeps what need not stay in memory.</summary>
/// <param name="Cards">Keeps what verification needs of each article.</param>
/// <param name="Decided">Finds the stored decision about an article, see <see cref="CopyDecider.Stored"/>.</param>
/// <param name="MostTokens">Words of articles at hand; about twenty bytes each.</param>
internal sealed record CopyMemory(ICardFile Cards, Func<string, CopyDecision?> Decided, long MostTokens = 3_000_000);
