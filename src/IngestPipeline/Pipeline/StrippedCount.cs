namespace IngestPipeline.Pipeline;

/// <summary>How many blocks one rule removed.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Reason">Its reason.</param>
/// <param name="Blocks">How many blocks.</param>
/// <param name="Articles">From how many articles.</param>
/// <param name="Example">One of them, at most 80 characters.</param>
public sealed record StrippedCount(string Rule, string Reason, int Blocks, int Articles, string Example);
