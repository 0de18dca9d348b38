namespace IngestPipeline.Archive;

/// <summary>Streams the records of a WARC file.</summary>
public sealed class WarcReader;
