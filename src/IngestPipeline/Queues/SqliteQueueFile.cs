using IngestPipeline.Archive.Index;
using IngestPipeline.Storage;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Queues;

/// <summary>
/// The file that holds the queues of a folder store: SQLite with a write-ahead log, each change on the disk when its call returns, safe for
/// several processes. One connection under a lock: a change takes as long as one sync of the disk.
/// </summary>
internal sealed class SqliteQueueFile : IDisposable
{
    private readonly string _path;
    private readonly Lock _gate = new();
    private SqliteConnection? _connection;

    public SqliteQueueFile(string path) => _path = path;

    /// <summary>Runs one step as one transaction that holds the write lock from its start.</summary>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellation) => Task.Run(
        () =>
        {
            lock (_gate)
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    var connection = _connection ??= Open();
                    connection.Run("BEGIN IMMEDIATE");
                    try
                    {
                        var result = work(connection);
                        connection.Run("COMMIT");
                        return result;
                    }
                    catch
                    {
                        connection.Run("ROLLBACK");
                        throw;
                    }
                }
                catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
                {
                    throw Describe(e);
                }
            }
        },
        cancellation);

    public void Dispose()
    {
        lock (_gate)
        {
            _connection?.Dispose();
            _connection = null;
        }
    }

    private SqliteConnection Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _path, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            connection.Open();
            connection.Run("PRAGMA busy_timeout=30000");
            connection.Run("PRAGMA journal_mode=WAL");
            // FULL: a message that was sent is on the disk, also when the power goes.
            connection.Run("PRAGMA synchronous=FULL");
            connection.Run("""
                CREATE TABLE IF NOT EXISTS message(
                    id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, body TEXT NOT NULL,
                    visible INTEGER NOT NULL, inserted INTEGER NOT NULL, deliveries INTEGER NOT NULL)
                """);
            connection.Run("CREATE INDEX IF NOT EXISTS by_visible ON message(queue, visible, id)");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private StorageException Describe(Exception e) => Fault(e) switch
    {
        SqliteFault.Full => new($"Cannot write {_path}: the disk is full. Free some space; what was queued is kept.", e),
        SqliteFault.Held => new($"Cannot write {_path}: another process has held it for half a minute. End what is stuck, then run again.", e),
        SqliteFault.Damaged or SqliteFault.OtherKind =>
            new($"{_path} is damaged. Move it away: accepted work is listed in the store, and is queued again.", e),
        SqliteFault.Denied => new($"Cannot open {_path}: give this user the right to write in its folder, or use another folder.", e),
        _ => new($"Cannot use {_path}: {e.Message.ReplaceLineEndings(" ")}", e),
    };

    private static SqliteFault Fault(Exception e) => e switch
    {
        SqliteException sqlite => sqlite.Fault(),
        UnauthorizedAccessException => SqliteFault.Denied,
        _ => SqliteFault.Other,
    };
}
