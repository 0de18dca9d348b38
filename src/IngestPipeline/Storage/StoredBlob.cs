namespace IngestPipeline.Storage;

/// <summary>A blob that was read, with the ETag that a later replace must name.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="ETag">The store's opaque tag of this content.</param>
public sealed record StoredBlob(ReadOnlyMemory<byte> Content, string ETag);
