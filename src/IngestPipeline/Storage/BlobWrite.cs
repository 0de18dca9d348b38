namespace IngestPipeline.Storage;

/// <summary>One blob of a batch.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Content">Its bytes.</param>
public sealed record BlobWrite(string Name, ReadOnlyMemory<byte> Content);
