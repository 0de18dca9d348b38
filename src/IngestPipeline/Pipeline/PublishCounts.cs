namespace IngestPipeline.Pipeline;

/// <summary>What publishing changed in the store.</summary>
/// <param name="Decisions">Decisions published.</param>
/// <param name="Records">Records written or rewritten.</param>
internal readonly record struct PublishCounts(int Decisions, int Records)
{
    public static PublishCounts operator +(PublishCounts a, PublishCounts b) => new(a.Decisions + b.Decisions, a.Records + b.Records);
}
