namespace IngestPipeline.Storage;

/// <summary>A blob in a listing.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record BlobItem(string Name, long Length);
