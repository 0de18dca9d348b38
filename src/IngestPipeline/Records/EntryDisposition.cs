namespace IngestPipeline.Records;

/// <summary>How a feed's entry ended. Every entry is counted under exactly one.</summary>
public enum EntryDisposition
{
    /// <summary>An article that was not known before; it goes on as an article.</summary>
    New,

    /// <summary>Known and unchanged, from this feed or another.</summary>
    Seen,

    /// <summary>Known and changed; its article is fetched again.</summary>
    Revised,

    /// <summary>It names no page and carries no text.</summary>
    NoLink,

    /// <summary>Its link cannot be followed: not http or https, with credentials in it, or too long.</summary>
    Rejected,

    /// <summary>It names an article that was forgotten on demand: nothing is asked for.</summary>
    Forgotten,
}
