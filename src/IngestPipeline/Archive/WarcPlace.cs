namespace IngestPipeline.Archive;

/// <summary>Where a record was written.</summary>
/// <param name="RecordId">Its WARC-Record-ID, in angle brackets.</param>
/// <param name="Offset">Bytes from the start of the output to the record or its gzip member.</param>
/// <param name="Length">Bytes written.</param>
/// <param name="PayloadDigest">Its WARC-Payload-Digest as written; null where it has none.</param>
public sealed record WarcPlace(string RecordId, long Offset, long Length, string? PayloadDigest);
