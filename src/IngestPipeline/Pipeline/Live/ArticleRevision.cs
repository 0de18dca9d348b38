namespace IngestPipeline.Pipeline.Live;

/// <summary>A text of an article that was written.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Captured">When it was captured.</param>
/// <param name="ContentHash">The hash of title and text.</param>
/// <param name="HasText">False for a headline alone, and where an earlier version of the program did not say.</param>
internal sealed record ArticleRevision(int Number, DateTimeOffset Captured, string ContentHash, bool HasText = false);
