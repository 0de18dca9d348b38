namespace IngestPipeline.Extraction;

/// <summary>A value and where on the page it was found.</summary>
/// <param name="Value">The value.</param>
/// <param name="Source">Where it stood, such as <c>json-ld:headline</c>, <c>meta:article:published_time</c>, <c>visible:time</c>, <c>url</c>.</param>
public sealed record Sourced<T>(T Value, string Source);
