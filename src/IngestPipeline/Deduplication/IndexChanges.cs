namespace IngestPipeline.Deduplication;

/// <summary>How the window differs from what the segments of the index say.</summary>
/// <param name="Whole">The numbers of the articles that are new or changed, in the order of (first seen, <see cref="ArticleHead.IdKey"/>).</param>
/// <param name="Marked">The numbers of those of which only marks changed, in the order of <see cref="ArticleHead.IdKey"/>.</param>
/// <param name="Stale">See <see cref="IndexContent.Stale"/>.</param>
/// <param name="Affected">See <see cref="IndexContent.Affected"/>.</param>
internal sealed record IndexChanges(IReadOnlyList<int> Whole, IReadOnlyList<int> Marked, IReadOnlyList<ulong> Stale, IReadOnlyList<ulong> Affected);
