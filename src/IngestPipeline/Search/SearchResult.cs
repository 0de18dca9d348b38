namespace IngestPipeline.Search;

/// <summary>What a search found.</summary>
/// <param name="Total">How many records there are in all.</param>
/// <param name="Hits">The best of them.</param>
/// <param name="Error">Why the words could not be searched for, in one line; null when they could.</param>
public sealed record SearchResult(long Total, IReadOnlyList<SearchHit> Hits, string? Error = null);
