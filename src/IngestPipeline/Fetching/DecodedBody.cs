namespace IngestPipeline.Fetching;

/// <summary>A decoded body, or why there is none.</summary>
/// <param name="Bytes">The decoded bytes, cut at the cap.</param>
/// <param name="TooLarge">True when the cap cut it.</param>
/// <param name="Truncated">True when the data ended or broke early.</param>
/// <param name="Problem">Why there are no bytes to use, in a short phrase; null when there are.</param>
public sealed record DecodedBody(ReadOnlyMemory<byte> Bytes, bool TooLarge = false, bool Truncated = false, string? Problem = null);
