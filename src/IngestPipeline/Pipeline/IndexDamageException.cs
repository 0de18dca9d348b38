namespace IngestPipeline.Pipeline;

/// <summary>A card of the copy index cannot be read back. Everything in the index is derived: the decision stage drops it, and it is made anew.</summary>
internal sealed class IndexDamageException(string message) : Exception(message);
