namespace IngestPipeline.Archive;

/// <summary>How far a content-encoded body may be inflated.</summary>
/// <param name="MaxBytes">The most decoded bytes.</param>
/// <param name="MaxRatio">The most decoded bytes for each encoded byte, once more than 1 MiB is decoded.</param>
public sealed record DecodingLimits(int MaxBytes, int MaxRatio = 200);
