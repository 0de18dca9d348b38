namespace IngestPipeline.Pipeline.Live;

/// <summary>A text of an article that was written.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Captured">When it was captured.</param>
/// <param name="ContentHash">The hash of title and text.</param>
internal sealed record ArticleRevision(int Number, DateTimeOffset Captured, string ContentHash);
