namespace IngestPipeline.Feeds.Discovery;

/// <summary>What looking for a site's feeds gave.</summary>
/// <param name="Feeds">The feeds, the ones that the page names first.</param>
/// <param name="Problem">Why the page itself could not be read; null when it could.</param>
public sealed record Discovered(IReadOnlyList<FoundFeed> Feeds, string? Problem);
