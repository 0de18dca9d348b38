namespace IngestPipeline.Extraction.Metadata;

/// <summary>A date found in a text.</summary>
/// <param name="Date">The date.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct DateHit(ArticleDate Date, int Start, int End);
