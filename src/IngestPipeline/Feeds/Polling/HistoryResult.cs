using IngestPipeline.Records;

namespace IngestPipeline.Feeds.Polling;

/// <summary>What the reading of one earlier document gave. The caller accepts its entries first and saves the state last.</summary>
/// <param name="State">The state without what the document's entries decide.</param>
/// <param name="Options">Bounds.</param>
public sealed record HistoryResult(FeedState State, PollOptions Options)
{
    /// <summary>The document as read; null when none was.</summary>
    public FeedReadResult? Document { get; init; }

    /// <summary>The document as its articles name it: by the address that answered.</summary>
    public ArticleFeed? Feed { get; init; }

    /// <summary>The date of its capture.</summary>
    public DateTimeOffset Captured { get; init; }

    /// <summary>When it was read.</summary>
    public DateTimeOffset Read { get; init; }

    /// <summary>The state to save once the document's entries are accepted.</summary>
    /// <param name="isKnown">The document shows an entry that was known before the gap that is being closed.</param>
    public FeedState NextState(bool isKnown) => Document is null || State.History is not { } history
        ? State
        : State with { History = history.After(Document.Feed.Earlier, isKnown, Read, Options) };
}
