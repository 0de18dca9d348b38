using IngestPipeline.Archive;

namespace IngestPipeline.Fetching;

/// <summary>What the requests of one logical fetch share: where they are recorded, and what is left of the deadline.</summary>
internal sealed class FetchContext(CaptureSession? session, TimeSpan deadline)
{
    /// <summary>Where the context stands on each request.</summary>
    public static readonly HttpRequestOptionsKey<FetchContext> Key = new("IngestPipeline.Fetching.Context");

    /// <summary>Where attempts are recorded; null = nowhere.</summary>
    public CaptureSession? Session { get; } = session;

    /// <summary>The time that requests may still take; waiting for a host's slot takes none of it.</summary>
    public TimeSpan Remaining { get; set; } = deadline;

    /// <summary>Redirects followed so far.</summary>
    public int Hop { get; set; }

    public static FetchContext? Of(HttpRequestMessage request) => request.Options.TryGetValue(Key, out var context) ? context : null;
}
