namespace IngestPipeline.Archive;

/// <summary>A path that was named as an archive cannot be used as one; the message is one line that says what and why.</summary>
public sealed class ArchiveException : Exception
{
    /// <summary>Creates the exception.</summary>
    public ArchiveException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
