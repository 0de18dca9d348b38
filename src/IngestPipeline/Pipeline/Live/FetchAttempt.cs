namespace IngestPipeline.Pipeline.Live;

/// <summary>An answer that was captured for an article.</summary>
/// <param name="Url">The address that was asked.</param>
/// <param name="Captured">The date of its capture.</param>
/// <param name="IsTransient">True when the same address may answer better later.</param>
internal sealed record FetchAttempt(string Url, DateTimeOffset Captured, bool IsTransient);
