using IngestPipeline.Archive;

namespace IngestPipeline.Fetching;

/// <summary>What a fetch gave. A replay of the captures of a live fetch gives the same one.</summary>
public sealed record FetchResult
{
    /// <summary>How it ended.</summary>
    public required FetchStatus Status { get; init; }

    /// <summary>Why it is not <see cref="FetchStatus.Fetched"/>, in a short phrase.</summary>
    public string? Reason { get; init; }

    /// <summary>The status code of the last answer; null when there was none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The decoded body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Bytes of the body as it was sent, before it was decoded.</summary>
    public long Bytes { get; init; }

    /// <summary>True when the body was cut at the cap.</summary>
    public bool Truncated { get; init; }

    /// <summary>The Content-Type header.</summary>
    public string? ContentType { get; init; }

    /// <summary>The Content-Location header.</summary>
    public string? ContentLocation { get; init; }

    /// <summary>The Content-Language header.</summary>
    public string? ContentLanguage { get; init; }

    /// <summary>The ETag header as written.</summary>
    public string? ETag { get; init; }

    /// <summary>The Last-Modified header as written.</summary>
    public string? LastModified { get; init; }

    /// <summary>How long the server asks to wait (429, 503): at least ten minutes where it says so unreadably. Null when it does not ask.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>When the address may be asked again, for <see cref="FetchStatus.Deferred"/> and where robots.txt or the host asks to wait.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The max-age of Cache-Control.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>The Expires header; the earliest time there is where it is no date, as <c>0</c> is not.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The address that answered, after redirects.</summary>
    public Uri? FinalUrl { get; init; }

    /// <summary>The new address of what was asked for: where an unbroken chain of permanent redirects (301, 308) led; null without one.</summary>
    public Uri? MovedTo { get; init; }

    /// <summary>The raw bytes that it came from; null when nothing was asked or nothing is archived.</summary>
    public RawPointer? Raw { get; init; }

    /// <summary>When the last answer was complete: the date of its capture, live and in a replay.</summary>
    public DateTimeOffset? Captured => Raw?.Date;

    /// <summary>True where the address rules refused, before any connection was made.</summary>
    internal bool IsAddressRefusal { get; init; }

    /// <summary>Replay only: the capture that answered.</summary>
    public Capture? Capture { get; init; }
}
