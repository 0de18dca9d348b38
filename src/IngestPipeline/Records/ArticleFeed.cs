namespace IngestPipeline.Records;

/// <summary>The feed entry that named an article.</summary>
/// <param name="Url">The feed's address.</param>
/// <param name="Title">The feed's title.</param>
/// <param name="EntryId">The entry's GUID.</param>
public sealed record ArticleFeed(string Url, string? Title, string? EntryId);
