namespace IngestPipeline.Feeds.Polling;

/// <summary>How a feed is doing, for people and alerts.</summary>
public enum FeedHealth
{
    /// <summary>Not polled yet.</summary>
    New,

    /// <summary>The last poll worked.</summary>
    Healthy,

    /// <summary>The last polls failed in a way that often passes by itself.</summary>
    Failing,

    /// <summary>Failing for three days or more: look at it. It is still polled, once a day.</summary>
    Dead,

    /// <summary>Answers, and has had nothing new for five times its usual silence, at least a week.</summary>
    Silent,

    /// <summary>The server said that it is gone for good (410), or it was switched off: not polled any more.</summary>
    Stopped,
}
