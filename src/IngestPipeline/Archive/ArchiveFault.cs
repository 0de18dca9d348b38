namespace IngestPipeline.Archive;

/// <summary>Something in an archive that could not be read as it should be; reading went on behind it where that was possible.</summary>
/// <param name="File">The archive file, as it was named by the caller.</param>
/// <param name="Offset">Bytes from the start of the file (compressed bytes for a compressed file) to where the trouble was met.</param>
/// <param name="What">What is wrong and what was kept, in one plain line.</param>
public sealed record ArchiveFault(string File, long Offset, string What);
