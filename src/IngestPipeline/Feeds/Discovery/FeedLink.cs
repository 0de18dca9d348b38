namespace IngestPipeline.Feeds.Discovery;

/// <summary>An address at which a page or site may have a feed.</summary>
/// <param name="Url">The address.</param>
/// <param name="Title">What the page calls it; null = nothing.</param>
/// <param name="From">Where it was found, in a few words.</param>
public sealed record FeedLink(Uri Url, string? Title, string From);
