namespace IngestPipeline.Pipeline;

/// <summary>Where a capture stands among the known ones of its article.</summary>
/// <param name="Revision">The article revision that it is, or that it repeats.</param>
/// <param name="Standing">Whether it is new.</param>
internal readonly record struct CapturePlace(int Revision, CaptureStanding Standing);
