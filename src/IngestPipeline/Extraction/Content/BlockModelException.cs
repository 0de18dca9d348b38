namespace IngestPipeline.Extraction.Content;

/// <summary>A block model of a user's that cannot be used; the message says which file, and why.</summary>
internal sealed class BlockModelException(string message) : Exception(message);
