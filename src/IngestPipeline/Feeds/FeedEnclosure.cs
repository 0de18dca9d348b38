namespace IngestPipeline.Feeds;

/// <summary>A medium attached to an entry.</summary>
/// <param name="Url">Its address, absolute where a base is known.</param>
/// <param name="Type">Its media type as given.</param>
/// <param name="Length">Its length in bytes as given; text, because feeds write what they like there.</param>
public sealed record FeedEnclosure(string Url, string? Type, string? Length);
