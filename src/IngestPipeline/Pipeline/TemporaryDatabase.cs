using IngestPipeline.Archive.Index;
using IngestPipeline.Storage;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Pipeline;

/// <summary>A SQLite file for the length of a run: never synced, one transaction without end, deleted at the end. A cache, never a truth.</summary>
internal sealed class TemporaryDatabase : IDisposable
{
    private readonly WorkFolder _folder;

    /// <param name="folder">Where; null = the system's folder for temporary files.</param>
    /// <param name="cacheKibibytes">The most memory for its pages.</param>
    /// <param name="schema">The statements that make its tables.</param>
    public TemporaryDatabase(string? folder, int cacheKibibytes, params ReadOnlySpan<string> schema)
    {
        _folder = WorkFolder.Create(folder);
        Connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(_folder.Path, "run.db"), Pooling = false }.ToString());
        Connection.Open();
        Connection.Run($"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=-{cacheKibibytes}");
        foreach (var statement in schema)
            Connection.Run(statement);
        Connection.Run("BEGIN");
    }

    public SqliteConnection Connection { get; }

    public void Dispose()
    {
        Connection.Dispose();
        _folder.Dispose();
    }
}
