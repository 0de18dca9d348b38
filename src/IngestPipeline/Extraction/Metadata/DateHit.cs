namespace IngestPipeline.Extraction.Metadata;

/// <summary>A date found in a text.</summary>
/// <param name="Date">The date.</param>
/// <param name="Swapped">The other reading of a date such as 03/04/2026; null for dates that can be read in one way only.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct DateHit(ArticleDate Date, ArticleDate? Swapped, int Start, int End);
