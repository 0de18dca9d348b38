using IngestPipeline.Archive.Folders;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Archive.Index;

/// <summary>Adds to an index, many captures a transaction.</summary>
internal sealed class CaptureInserts : IDisposable
{
    private const int BatchSize = 20_000;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _capture;
    private readonly SqliteCommand _tail;
    private readonly SqliteCommand _revisit;
    private SqliteTransaction? _transaction;
    private int _inBatch;

    public CaptureInserts(SqliteConnection connection)
    {
        _connection = connection;
        _capture = CaptureSchema.InsertCapture(connection);
        _tail = connection.Prepared("INSERT INTO tails VALUES ($tail, $path, $number)", "$tail", "$path", "$number");
        _revisit = connection.Prepared(
            "INSERT INTO revisits VALUES ($number, $record, $key, $date, $digest)", "$number", "$record", "$key", "$date", "$digest");
    }

    public void Add(CaptureEntry entry, long number)
    {
        if (_transaction is null || _inBatch++ == BatchSize)
        {
            Commit();
            _transaction = _connection.BeginTransaction();
            _capture.Transaction = _tail.Transaction = _revisit.Transaction = _transaction;
        }

        CaptureSchema.Bind(_capture, entry, number);
        _capture.ExecuteNonQuery();

        if (entry.RelativePath is { } path)
            _tail.Run(UrlKey.Hash(PathTail.LastOf(PathTail.OfFile(path))), path, number);
        if (entry.Target is { } target)
        {
            var key = target.Uri is null ? null : UrlKey.Of(target.Uri, out _);
            _revisit.Run(number, target.RecordId, key, CaptureSchema.Ticks(target.Date), target.PayloadDigest);
        }
    }

    /// <summary>Runs another insert among those of captures.</summary>
    public void Run(SqliteCommand insert)
    {
        insert.Transaction = _transaction;
        insert.ExecuteNonQuery();
    }

    public void Commit()
    {
        _transaction?.Commit();
        _transaction?.Dispose();
        _transaction = null;
        _inBatch = 0;
    }

    public void Dispose()
    {
        _transaction?.Dispose();
        _capture.Dispose();
        _tail.Dispose();
        _revisit.Dispose();
    }
}
