namespace IngestPipeline.Pipeline.Retention;

/// <summary>What was let go, or would be.</summary>
/// <param name="Captures">Captured fetches.</param>
/// <param name="Articles">Articles, in all runs of the store.</param>
/// <param name="Regrouped">Other articles that are decided about anew, because their group or story lost one.</param>
/// <param name="Quarantined">Messages in quarantine.</param>
/// <param name="CapturesFrom">The first day whose captures are kept; null = all.</param>
/// <param name="ArticlesFrom">The first day whose articles are kept; null = all.</param>
public sealed record RetentionResult(long Captures, long Articles, long Regrouped, long Quarantined, string? CapturesFrom, string? ArticlesFrom);
