using IngestPipeline.Archive;
using IngestPipeline.Storage;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Cli;

/// <summary>What ended a command without being a bug of the program: one line (what, where, what to do), and the exit code.</summary>
/// <param name="Message">The line, without the program's name.</param>
/// <param name="ExitCode">One of <see cref="ExitCodes"/>.</param>
internal sealed record Failure(string Message, int ExitCode)
{
    private const string Full = "the disk is full; free some space, then run again";

    /// <summary>The failure that an exception tells of; null for a bug, which keeps its stack trace.</summary>
    public static Failure? Of(Exception exception) => exception switch
    {
        CliException e => new(e.Message, e.ExitCode),
        ArchiveException e => new(e.Message, ExitCodes.Usage),
        StorageException e => new(e.Message, ExitCodes.Storage),
        OperationCanceledException => new("stopped. What was finished is kept; run the same command again to go on.", ExitCodes.Cancelled),
        // The books of a run are temporary databases.
        SqliteException { SqliteErrorCode: 13 } => new($"{Path.GetTempPath()}: a temporary file cannot be written: {Full}", ExitCodes.Storage),
        SqliteException e => new($"{Path.GetTempPath()}: a temporary file cannot be used: {e.Message}", ExitCodes.Storage),
        // ENOSPC, and the same on Windows.
        IOException e when (e.HResult & 0xFFFF) is 28 or 112 => new($"{e.Message}: {Full}", ExitCodes.Usage),
        // A closed pipe (`ingest … | head`), another's file: nothing a stack trace would explain.
        IOException or UnauthorizedAccessException => new(exception.Message, ExitCodes.Usage),
        _ => null,
    };
}
