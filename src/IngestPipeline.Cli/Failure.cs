using IngestPipeline.Archive;
using IngestPipeline.Storage;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Cli;

/// <summary>What ended a command without being a bug of the program: one line (what, where, what to do), and the exit code.</summary>
/// <param name="Message">The line, without the program's name.</param>
/// <param name="ExitCode">One of <see cref="ExitCodes"/>.</param>
internal sealed record Failure(string Message, int ExitCode)
{
    /// <summary>Ctrl-C, or a request to end.</summary>
    public static Failure Stopped { get; } = new("stopped. What was finished is kept; run the same command again to go on.", ExitCodes.Cancelled);

    /// <summary>The failure that an exception tells of; null for a bug, which keeps its stack trace.</summary>
    public static Failure? Of(Exception exception) => exception switch
    {
        CliException e => new(e.Message, e.ExitCode),
        ArchiveException e => new(e.Message, ExitCodes.Usage),
        StorageException e => new(e.Message, e.IsOtherVersion ? ExitCodes.OtherVersion : ExitCodes.Storage),
        OperationCanceledException => Stopped,
        // The books of a run are temporary databases.
        SqliteException e when e.Fault() == SqliteFault.Full =>
            new($"{Path.GetTempPath()}: a temporary file cannot be written: {StorageException.FullDisk}", ExitCodes.Storage),
        SqliteException e => new($"{Path.GetTempPath()}: a temporary file cannot be used: {e.Message}", ExitCodes.Storage),
        IOException e when FolderGuard.IsFull(e) => new($"{e.Message}: {StorageException.FullDisk}", ExitCodes.Usage),
        // A closed pipe (`ingest … | head`), another's file: nothing a stack trace would explain.
        IOException or UnauthorizedAccessException => new(exception.Message, ExitCodes.Usage),
        _ => null,
    };
}
