namespace IngestPipeline.Feeds.Polling;

/// <summary>A feed and when it is due.</summary>
/// <param name="FeedId">The feed's id.</param>
/// <param name="At">When, to the minute.</param>
public sealed record DueFeed(string FeedId, DateTimeOffset At);
