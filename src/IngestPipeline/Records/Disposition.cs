namespace IngestPipeline.Records;

/// <summary>How an article ended. Every article is counted under exactly one, and under <see cref="Pending"/> until then.</summary>
public enum Disposition
{
    /// <summary>Accepted and not finished.</summary>
    Pending,

    /// <summary>A record with the page's text was written.</summary>
    Written,

    /// <summary>A record was written from what the feed carried: its text, or the headline alone.</summary>
    FeedOnly,

    /// <summary>Asked for again and found as it was; or its page could not be had, and the text that is known stands.</summary>
    Unchanged,

    /// <summary>The page holds no article text, and no feed gave any.</summary>
    NoText,

    /// <summary>A page of another kind: an index, a gallery, a video, a file that is no page.</summary>
    NotAnArticle,

    /// <summary>The text is behind a paywall, and no feed gave any.</summary>
    Paywalled,

    /// <summary>The server says that the page is gone (404, 410).</summary>
    Gone,

    /// <summary>robots.txt or an opt-out forbids fetching it.</summary>
    Disallowed,

    /// <summary>Replay only: the archive does not hold the page.</summary>
    NotArchived,

    /// <summary>Larger than the cap, decoded.</summary>
    TooLarge,

    /// <summary>Not fetched or not parsed because a safety rule says so, or the server refused.</summary>
    Refused,

    /// <summary>Set aside with a reason, to be looked at and tried again by hand.</summary>
    Quarantined,

    /// <summary>It was forgotten on demand: taken out, and never taken in again.</summary>
    Forgotten,
}
