namespace IngestPipeline.Archive;

/// <summary>Limits of <see cref="CaptureHandler"/>.</summary>
public sealed record CaptureOptions
{
    /// <summary>
    /// The largest body recorded, in bytes. A longer one is cut, in the record and in the answer alike, so that a replay sees what the live
    /// run saw: set it above what the fetching stage accepts.
    /// </summary>
    public int MaxBodyBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>How many URLs' latest payloads are remembered, so that an identical one is recorded as a revisit.</summary>
    public int RevisitMemory { get; init; } = 65_536;

    /// <summary>Bytes a second below which a body is given up, measured over <see cref="RateWindow"/>; 0 = no bound.</summary>
    public int MinimumRate { get; init; }

    /// <summary>The time over which <see cref="MinimumRate"/> is measured.</summary>
    public TimeSpan RateWindow { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How old a payload may be that a revisit refers to; null = any age.</summary>
    public TimeSpan? RevisitAge { get; init; }
}
