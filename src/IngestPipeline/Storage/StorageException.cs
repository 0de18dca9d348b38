namespace IngestPipeline.Storage;

/// <summary>Storage could not be reached or refused the operation; the message says what, where and what to do, in one line.</summary>
public sealed class StorageException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StorageException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
