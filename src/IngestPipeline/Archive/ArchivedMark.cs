namespace IngestPipeline.Archive;

/// <summary>A mark in an archive by which a live run says what its captures alone do not: that a page was asked for again, or an entry taken up late.</summary>
/// <param name="Date">When.</param>
/// <param name="Url">Which page or feed.</param>
/// <param name="Json">What, as the run wrote it.</param>
internal sealed record ArchivedMark(DateTimeOffset Date, string Url, string Json);
