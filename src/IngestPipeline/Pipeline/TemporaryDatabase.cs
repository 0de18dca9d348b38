using IngestPipeline.Archive.Index;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Pipeline;

/// <summary>A SQLite file for the length of a run: never synced, one transaction without end, deleted at the end. A cache, never a truth.</summary>
internal sealed class TemporaryDatabase : IDisposable
{
    private readonly string _file;

    /// <param name="folder">Where; null = the system's folder for temporary files.</param>
    /// <param name="cacheKibibytes">The most memory for its pages.</param>
    /// <param name="schema">The statements that make its tables.</param>
    public TemporaryDatabase(string? folder, int cacheKibibytes, params ReadOnlySpan<string> schema)
    {
        _file = Path.Combine(folder ?? Path.GetTempPath(), Path.GetRandomFileName() + ".ingest.db");
        Connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _file, Pooling = false }.ToString());
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
        try
        {
            File.Delete(_file);
        }
        catch (IOException)
        {
            // A temporary file that stays behind harms nobody.
        }
    }
}
