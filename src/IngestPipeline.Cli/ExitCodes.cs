namespace IngestPipeline.Cli;

/// <summary>The exit codes of every command; documented in the README.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The command ran to its end, but some lines, files or articles could not be handled; each was reported.</summary>
    public const int SomeFailed = 1;

    /// <summary>The command could not start: a wrong option, a missing file or archive.</summary>
    public const int Usage = 2;

    /// <summary>The store could not be reached, read or written, or there is none.</summary>
    public const int Storage = 3;

    /// <summary>The store was written with other rules or in another schema and <c>--new-run</c> was not given, or it cannot be upgraded now.</summary>
    public const int OtherVersion = 4;

    /// <summary>Stopped by Ctrl-C or a termination signal.</summary>
    public const int Cancelled = 130;
}
