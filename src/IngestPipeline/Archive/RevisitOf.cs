namespace IngestPipeline.Archive;

/// <summary>The earlier record that a revisit refers to.</summary>
/// <param name="RecordId">Its WARC-Record-ID, in angle brackets.</param>
/// <param name="Uri">Its WARC-Target-URI.</param>
/// <param name="Date">Its WARC-Date.</param>
/// <param name="PayloadDigest">Its WARC-Payload-Digest as written.</param>
public sealed record RevisitOf(string RecordId, string Uri, DateTimeOffset Date, string PayloadDigest);
