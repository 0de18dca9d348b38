namespace IngestPipeline.Fetching;

/// <summary>What to fetch, and how.</summary>
/// <param name="Url">An absolute http or https address, or the invented address of an archived file.</param>
public sealed record FetchRequest(Uri Url)
{
    /// <summary>Replay only: the time of the poll that named it; null for the first capture.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The cap in decoded bytes; a longer body is cut there and marked.</summary>
    public int MaxBytes { get; init; } = PageFetcher.MaxPageBytes;

    /// <summary>The ETag of what is known already, as the server wrote it, quotes and <c>W/</c> included; sent back exactly.</summary>
    public string? ETag { get; init; }

    /// <summary>The Last-Modified of what is known already, as the server wrote it; sent back exactly.</summary>
    public string? LastModified { get; init; }

    /// <summary>
    /// Fields to send besides the pipeline's own, such as a feed's credentials. They go to the origin of <see cref="Url"/> alone, never past a
    /// redirect to another one, and neither into a capture nor into a log.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>True for a feed: together with a validator, asks for the new entries alone (RFC 3229, <c>A-IM: feed</c>).</summary>
    public bool WantsFeed { get; init; }

    /// <summary>True for a page that another one led to just now: its host's slot is waited for with patience, as for a redirect.</summary>
    public bool Continues { get; init; }

    /// <summary>
    /// For a part of a page that was just fetched: it is asked for within this time after <see cref="AsOf"/> or not at all. Live, a slot that is not
    /// free then counts as <see cref="FetchStatus.Unavailable"/>; in a replay, captures within the time come before all others. Null for a page of its own.
    /// </summary>
    public TimeSpan? Within { get; init; }

    /// <summary>
    /// The address that led here: by its page, live and in a replay; in a replay also by a redirect that had been followed. Null = the address is asked for
    /// itself.
    /// </summary>
    internal Uri? Via { get; init; }

    /// <summary>What the fetch belongs to, for traces: a feed's or an article's id; null for none.</summary>
    public string? TraceName { get; init; }
}
