namespace IngestPipeline.Feeds.Discovery;

/// <summary>A feed that was found and read.</summary>
/// <param name="Url">Its address, after permanent redirects.</param>
/// <param name="Title">The feed's own title, else what the page calls it.</param>
/// <param name="Format">Its format.</param>
/// <param name="Entries">How many entries it holds now.</param>
/// <param name="From">Where it was found, in a few words.</param>
public sealed record FoundFeed(Uri Url, string? Title, FeedFormat Format, int Entries, string From);
