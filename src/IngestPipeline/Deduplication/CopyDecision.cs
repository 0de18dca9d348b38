namespace IngestPipeline.Deduplication;

/// <summary>What was decided about one article. A later decision about the same article replaces it.</summary>
public sealed record CopyDecision
{
    /// <summary>The article.</summary>
    public required string Id { get; init; }

    /// <summary>The article that stands for the group of exact copies, near copies and versions; its own id when it does itself.</summary>
    public required string CanonicalId { get; init; }

    /// <summary>How it relates to the canonical article, or to the report that it rewrites.</summary>
    public required CopyKind Kind { get; init; }

    /// <summary>The state of the report that came before this one, among the versions of one group; null for the first and for what is no version.</summary>
    public string? PreviousVersionId { get; init; }

    /// <summary>True for the latest of two or more versions.</summary>
    public bool IsLatestVersion { get; init; }

    /// <summary>How similar it is to the article in <see cref="Evidence"/>, in 1/10,000; 0 for unique and original articles.</summary>
    public int Similarity { get; init; }

    /// <summary>The report that this article tells in other words; null when it is no rewrite.</summary>
    public string? RewriteOf { get; init; }

    /// <summary>The story: the id of the earliest article of the set of independent reports on one event.</summary>
    public required string StoryId { get; init; }

    /// <summary>Why; null for unique and original articles.</summary>
    public CopyEvidence? Evidence { get; init; }

    /// <summary>True when this is what <see cref="Unique"/> gives.</summary>
    internal bool IsUnique => Kind == CopyKind.Unique && CanonicalId == Id && StoryId == Id && PreviousVersionId is null && !IsLatestVersion && Similarity == 0
        && RewriteOf is null && Evidence is null;

    /// <summary>The decision about an article that nobody else carries, and that is a story of its own.</summary>
    public static CopyDecision Unique(string id) => new() { Id = id, CanonicalId = id, Kind = CopyKind.Unique, StoryId = id };
}
