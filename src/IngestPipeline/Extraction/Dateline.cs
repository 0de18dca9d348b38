namespace IngestPipeline.Extraction;

/// <summary>What an article's dateline or credit line says: <c>AMMAN, Dec 2 (Reuters) -</c>.</summary>
/// <param name="Agency">The agency's usual short name (AP, AFP, Reuters, dpa …); null when it names none.</param>
/// <param name="Place">The place as written, without the day; null when it names none.</param>
public sealed record Dateline(string? Agency, string? Place);
