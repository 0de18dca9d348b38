using IngestPipeline.Archive;

namespace IngestPipeline.Fetching;

/// <summary>What the requests of one logical fetch share: where they are recorded, and what is left of the deadline.</summary>
internal sealed class FetchContext(FetchRequest request, CaptureSession? session, TimeSpan deadline)
{
    /// <summary>Where the context stands on each request.</summary>
    public static readonly HttpRequestOptionsKey<FetchContext> Key = new("IngestPipeline.Fetching.Context");

    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);

    /// <summary>Where attempts are recorded; null = nowhere.</summary>
    public CaptureSession? Session { get; } = session;

    /// <summary>The time that requests may still take; waiting for a host's slot takes none of it.</summary>
    public TimeSpan Remaining { get; private set; } = deadline;

    /// <summary>True once something was asked on the way: the rest is waited for with patience.</summary>
    public bool IsBegun { get; set; } = request.Continues;

    /// <summary>True for a part that is asked for now or not at all.</summary>
    public bool IsPart { get; } = request.Within is not null;

    /// <summary>Notes the time that a request took.</summary>
    public void Spend(TimeSpan time) => Remaining = Remaining - time > Least ? Remaining - time : Least;

    public static FetchContext? Of(HttpRequestMessage request) => request.Options.TryGetValue(Key, out var context) ? context : null;
}
