namespace IngestPipeline.Archive;

/// <summary>A mark in an archive that a live run made when it asked for a page again though nothing named it anew.</summary>
/// <param name="Date">When.</param>
/// <param name="Url">Which page.</param>
/// <param name="Json">What for, as the run wrote it.</param>
internal sealed record ArchivedRecheck(DateTimeOffset Date, string Url, string Json);
