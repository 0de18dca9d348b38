namespace IngestPipeline.Archive;

/// <summary>Names the raw bytes behind an article: they are found again by URL and date, and proven by the digest.</summary>
/// <param name="Url">The requested URL.</param>
/// <param name="Date">When the answer was complete (the record's WARC-Date, UTC); null for undated input.</param>
/// <param name="PayloadSha256">SHA-256 (lower-case hexadecimal) of the body after transfer decoding; null for an attempt without an answer.</param>
public sealed record RawPointer(string Url, DateTimeOffset? Date, string? PayloadSha256);
