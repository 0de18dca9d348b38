namespace IngestPipeline.Feeds.Lists;

/// <summary>What reading a feeds file gave.</summary>
/// <param name="List">The feeds that could be read.</param>
/// <param name="Problems">What is wrong, in the order of the file; empty = nothing.</param>
public sealed record FeedListResult(FeedList List, IReadOnlyList<FeedListProblem> Problems)
{
    /// <summary>How the file is written.</summary>
    public FeedListForm Form { get; init; }
}
