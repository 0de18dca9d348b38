namespace IngestPipeline.Archive;

/// <summary>A WARC record.</summary>
public sealed class WarcRecord;
