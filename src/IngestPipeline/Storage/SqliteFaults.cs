using Microsoft.Data.Sqlite;

namespace IngestPipeline.Storage;

/// <summary>SQLite's result codes (<see href="https://sqlite.org/rescode.html"/>) by what they ask of somebody.</summary>
internal static class SqliteFaults
{
    public static SqliteFault Fault(this SqliteException exception) => exception.SqliteErrorCode switch
    {
        // SQLITE_BUSY, SQLITE_LOCKED.
        5 or 6 => SqliteFault.Held,
        // SQLITE_READONLY, SQLITE_CANTOPEN.
        8 or 14 => SqliteFault.Denied,
        // SQLITE_CORRUPT.
        11 => SqliteFault.Damaged,
        // SQLITE_FULL.
        13 => SqliteFault.Full,
        // SQLITE_NOTADB.
        26 => SqliteFault.OtherKind,
        _ => SqliteFault.Other,
    };

    /// <summary>What is wrong, for the end of a line: with what to do where the disk is full, else as SQLite says it.</summary>
    public static string Why(this SqliteException exception) => exception.Fault() == SqliteFault.Full ? StorageException.FullDisk : exception.Message;
}
