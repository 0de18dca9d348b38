namespace IngestPipeline.Archive;

/// <summary>Limits and places for <see cref="WebArchive"/>.</summary>
public sealed record WebArchiveOptions
{
    /// <summary>The largest HTTP message or file kept in memory, in bytes; of a larger one the first part is kept and the capture says so.</summary>
    public int MaxBodyBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Where the temporary index is kept; null = the system's folder for temporary files.</summary>
    public string? TemporaryFolder { get; init; }

    /// <summary>How many faults are listed one by one; the rest are counted in one last line.</summary>
    public int MaxFaults { get; init; } = 1_000;

    /// <summary>
    /// True: every record is read to its end when the archive is opened, so that all damage is told then. False: a large body is looked at when it is asked for,
    /// and its damage told from then on.
    /// </summary>
    public bool ReadsWhole { get; init; }

    /// <summary>About how many bytes of a compressed file are scanned by one worker at a time; nothing depends on it but the time that it takes.</summary>
    internal int PartBytes { get; init; } = 1 << 20;
}
