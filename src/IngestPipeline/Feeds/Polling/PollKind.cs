namespace IngestPipeline.Feeds.Polling;

/// <summary>What one poll of a feed gave.</summary>
public enum PollKind
{
    /// <summary>A document that was read.</summary>
    Read,

    /// <summary>304, or the same validators: nothing changed.</summary>
    NotModified,

    /// <summary>200 with the same bytes as last time.</summary>
    Same,

    /// <summary>No feed came: an error that may pass.</summary>
    Failed,

    /// <summary>Nothing was asked: the host's turn has not come, or the day's cap is reached. Not an attempt.</summary>
    Deferred,

    /// <summary>The server said 410: the feed is not polled any more.</summary>
    Stopped,
}
