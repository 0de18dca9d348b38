namespace IngestPipeline.Feeds;

/// <summary>Where a feed document came from: what its reader must take into account besides the bytes.</summary>
/// <param name="Url">The feed's own address, the last base for relative links; null when unknown.</param>
/// <param name="ContentType">The response's Content-Type header, with its charset parameter; null when there was none.</param>
/// <param name="ContentLocation">The response's Content-Location header.</param>
/// <param name="ContentLanguage">The response's Content-Language header.</param>
public sealed record FeedSource(Uri? Url = null, string? ContentType = null, string? ContentLocation = null, string? ContentLanguage = null);
