using IngestPipeline.Archive;

namespace IngestPipeline.Fetching;

/// <summary>What a fetcher of the live web has that one of an archive has not.</summary>
/// <param name="Options">Limits and names.</param>
/// <param name="Captures">Where attempts are kept; null = nowhere.</param>
/// <param name="Time">The clock.</param>
internal sealed record LiveSetting(FetchOptions Options, CaptureStore? Captures, TimeProvider Time)
{
    /// <summary>What was not captured by then is given up: whoever takes the work over looks for captures only once. Null = no bound.</summary>
    public DateTimeOffset? KeepUntil { get; init; }

    /// <summary>Counts what is asked for; null = nobody does.</summary>
    public FetchMeter? Meter { get; init; }
}
