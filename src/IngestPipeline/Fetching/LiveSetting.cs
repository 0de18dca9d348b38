using IngestPipeline.Archive;

namespace IngestPipeline.Fetching;

/// <summary>What a fetcher of the live web has that one of an archive has not.</summary>
/// <param name="Options">Limits and names.</param>
/// <param name="Captures">Where attempts are kept; null = nowhere.</param>
internal sealed record LiveSetting(FetchOptions Options, CaptureStore? Captures);
