namespace IngestPipeline.Storage;

/// <summary>Storage could not be reached or refused the operation; the message says what, where and what to do, in one line.</summary>
public sealed class StorageException : Exception
{
    /// <summary>A full disk, and what to do, for what is begun again.</summary>
    internal const string FullDisk = "the disk is full; free some space, then run again";

    /// <summary>Creates the exception.</summary>
    public StorageException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>
    /// True when the store answers and what it holds is damaged or missing: no repetition helps, and work that needs it is set aside. False when the
    /// store could not be reached or refused: the work is kept until it can.
    /// </summary>
    public bool IsDamage { get; init; }

    /// <summary>True when the store answers and was written with other rules, or by a release of another schema.</summary>
    public bool IsOtherVersion { get; init; }
}
