namespace IngestPipeline.Feeds.Lists;

/// <summary>Where a feed stands in its file, in bytes without the byte order mark.</summary>
/// <param name="Id">The feed's id.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte behind its last.</param>
internal readonly record struct FeedSpan(string Id, int Start, int End);
