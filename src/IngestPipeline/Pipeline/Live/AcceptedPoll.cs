namespace IngestPipeline.Pipeline.Live;

/// <summary>What became of the entries of one captured poll.</summary>
/// <param name="Arrivals">A time for each entry that was new or revised; none when they were accepted before.</param>
/// <param name="LastGap">See <see cref="FeedEntries.LastGap"/>.</param>
internal sealed record AcceptedPoll(IReadOnlyList<DateTimeOffset> Arrivals, DateTimeOffset? LastGap);
