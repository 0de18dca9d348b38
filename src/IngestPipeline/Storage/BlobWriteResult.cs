namespace IngestPipeline.Storage;

/// <summary>The outcome of a conditional write.</summary>
/// <param name="Written">True when the blob now has the given content because of this call, or already had exactly that content
/// (a lost reply of an earlier try reads as success). False when something else stands there.</param>
/// <param name="ETag">The ETag of what stands there now; null when nothing does (a replace of a missing blob).</param>
public sealed record BlobWriteResult(bool Written, string? ETag);
