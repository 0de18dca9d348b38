using IngestPipeline.Archive;

namespace IngestPipeline.Fetching;

/// <summary>What a fetch gave.</summary>
public sealed record FetchResult
{
    /// <summary>How it ended.</summary>
    public required FetchStatus Status { get; init; }

    /// <summary>Why it is not <see cref="FetchStatus.Fetched"/>, in a short phrase.</summary>
    public string? Reason { get; init; }

    /// <summary>The decoded body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>True when the body was cut at the cap.</summary>
    public bool Truncated { get; init; }

    /// <summary>The Content-Type header.</summary>
    public string? ContentType { get; init; }

    /// <summary>The Content-Location header.</summary>
    public string? ContentLocation { get; init; }

    /// <summary>The Content-Language header.</summary>
    public string? ContentLanguage { get; init; }

    /// <summary>The address that answered, after redirects.</summary>
    public Uri? FinalUrl { get; init; }

    /// <summary>The capture that answered; null for a live fetch.</summary>
    public Capture? Capture { get; init; }
}
