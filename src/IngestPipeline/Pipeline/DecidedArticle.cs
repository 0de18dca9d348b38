using IngestPipeline.Deduplication;

namespace IngestPipeline.Pipeline;

/// <summary>An article on its way to a decision: what the decider needs, and what the published decision says of it.</summary>
internal sealed record DecidedArticle(
    CopyDocument Document,
    int Revision,
    DateTimeOffset? Captured,
    string ContentHash,
    string? Outlet,
    string? Url,
    string? Title);
