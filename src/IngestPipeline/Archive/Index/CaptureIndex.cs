using IngestPipeline.Archive.Folders;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Archive.Index;

/// <summary>
/// The captures of an archive in a temporary SQLite file: memory stays flat whatever the archive's length. One connection under a lock; each
/// look-up takes some twenty microseconds.
/// </summary>
internal sealed class CaptureIndex : IDisposable
{
    private const int BatchSize = 20_000;
    private readonly SqliteConnection _connection;
    private readonly Lock _gate = new();
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _insertTail;
    private readonly SqliteCommand _insertRevisit;
    private readonly Dictionary<string, SqliteCommand> _queries = new(StringComparer.Ordinal);
    private SqliteTransaction? _transaction;
    private int _inBatch;

    /// <summary>A new index that goes when it is closed.</summary>
    public CaptureIndex(string path)
        : this(path, isNew: true)
    {
        // Where an open file can lose its name, nothing is left behind by a process that is killed.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
    }

    private CaptureIndex(string path, bool isNew)
    {
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        _connection.Open();
        if (isNew)
            CaptureSchema.Create(_connection);
        _insert = CaptureSchema.InsertCapture(_connection);
        _insertTail = _connection.Prepared("INSERT INTO tails VALUES ($tail, $path, $number)", "$tail", "$path", "$number");
        _insertRevisit = _connection.Prepared(
            "INSERT INTO revisits VALUES ($number, $record, $key, $date, $digest)", "$number", "$record", "$key", "$date", "$digest");
    }

    /// <summary>A new index whose file stays, to be read or joined elsewhere.</summary>
    public static CaptureIndex Keep(string path) => new(path, isNew: true);

    /// <summary>An index that was finished elsewhere.</summary>
    public static CaptureIndex Read(string path)
    {
        var index = new CaptureIndex(path, isNew: false);
        index.Count = (long)index.Scalar("SELECT COUNT(*) FROM captures")!;
        return index;
    }

    /// <summary>Captures added so far.</summary>
    public long Count { get; private set; }

    public void Add(CaptureEntry entry)
    {
        if (_transaction is null || _inBatch++ == BatchSize)
        {
            Commit();
            _transaction = _connection.BeginTransaction();
            _insert.Transaction = _insertTail.Transaction = _insertRevisit.Transaction = _transaction;
        }

        var number = Count++;
        CaptureSchema.Bind(_insert, entry, number);
        _insert.ExecuteNonQuery();

        if (entry.RelativePath is { } path)
            _insertTail.Run(UrlKey.Hash(PathTail.LastOf(PathTail.OfFile(path))), path, number);
        if (entry.Target is { } target)
        {
            var key = target.Uri is null ? null : UrlKey.Of(target.Uri, out _);
            _insertRevisit.Run(number, target.RecordId, key, CaptureSchema.Ticks(target.Date), target.PayloadDigest);
        }
    }

    /// <summary>Adds what another index holds that was kept and not finished, behind what is here.</summary>
    public void Append(string path)
    {
        Commit();
        using (var attach = _connection.Command("ATTACH DATABASE $path AS part", ("$path", path)))
            attach.ExecuteNonQuery();
        using (var append = CaptureSchema.Append(_connection, Count))
            append.ExecuteNonQuery();
        _connection.Run("DETACH DATABASE part");
        Count = (long)Scalar("SELECT COUNT(*) FROM captures")!;
    }

    /// <summary>Adds the mark of a page that was asked for again; it is no capture.</summary>
    public void AddRecheck(ArchivedRecheck recheck)
    {
        using var insert = _connection.Command("INSERT INTO rechecks VALUES ($date, $url, $json)", ("$date", recheck.Date.UtcTicks), ("$url", recheck.Url), ("$json", recheck.Json));
        insert.Transaction = _transaction;
        insert.ExecuteNonQuery();
    }

    /// <summary>Adds what a live run's sites had taught by a day.</summary>
    public void AddLearned(string json)
    {
        using var insert = _connection.Command("INSERT INTO learned VALUES ($json)", ("$json", json));
        insert.Transaction = _transaction;
        insert.ExecuteNonQuery();
    }

    /// <summary>What live runs' sites had taught, day by day.</summary>
    public IReadOnlyList<string> Learned() => Rows("SELECT json FROM learned ORDER BY json", row => row.GetString(0));

    /// <summary>The marks of pages that were asked for again, in order.</summary>
    public IReadOnlyList<ArchivedRecheck> Rechecks() => Rows(
        "SELECT date, url, json FROM rechecks ORDER BY date, url, json",
        row => new ArchivedRecheck(new(row.GetInt64(0), TimeSpan.Zero), row.GetString(1), row.GetString(2)));

    /// <summary>Keeps, beside the captures, what could not be read and which files are read inflated: for an index that is read elsewhere.</summary>
    public void Note(IEnumerable<ArchiveFault> faults, IEnumerable<string> inflated)
    {
        Commit();
        foreach (var fault in faults)
        {
            using var insert = _connection.Command("INSERT INTO faults VALUES ($file, $offset, $what)", ("$file", fault.File), ("$offset", fault.Offset), ("$what", fault.What));
            insert.ExecuteNonQuery();
        }

        foreach (var file in inflated)
        {
            using var insert = _connection.Command("INSERT INTO inflated VALUES ($file)", ("$file", file));
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>What was noted.</summary>
    public (IReadOnlyList<ArchiveFault> Faults, IReadOnlyList<string> Inflated) Notes() => (
        Rows("SELECT file, offset, what FROM faults ORDER BY rowid", row => new ArchiveFault(row.GetString(0), row.GetInt64(1), row.GetString(2))),
        Rows("SELECT file FROM inflated ORDER BY rowid", row => row.GetString(0)));

    /// <summary>Ends adding: builds the indexes and resolves what refers to other captures.</summary>
    public void Finish(CancellationToken cancellation)
    {
        Commit();
        using var transaction = _connection.BeginTransaction();
        new CaptureResolver(_connection, transaction).Resolve(cancellation);
        transaction.Commit();
        CaptureSchema.MakeSmall(_connection);
    }

    public bool HoldsFeeds() => Scalar("SELECT EXISTS (SELECT 1 FROM captures WHERE feed = 1)") is 1L;

    public Capture? Get(long number) => First("SELECT * FROM captures WHERE number = $number", ("$number", number));

    /// <summary>The captures of one flag in order, read in pages so that other look-ups go on between them.</summary>
    public IEnumerable<Capture> InOrder(string flag)
    {
        var sql = $"SELECT * FROM captures WHERE {flag} = 1 AND (date, url, number) > ($date, $url, $number)"
            + " ORDER BY date, url, number LIMIT 256";
        for (var (date, url, number) = (long.MinValue, "", -1L); ;)
        {
            var page = Query(sql, ("$date", date), ("$url", url), ("$number", number));
            foreach (var capture in page)
                yield return capture;
            if (page.Count == 0)
                yield break;
            (date, url, number) = (CaptureSchema.Ticks(page[^1].Date), page[^1].Url, page[^1].Number);
        }
    }

    /// <summary>All captures in archive order.</summary>
    public IEnumerable<Capture> InArchiveOrder()
    {
        for (var number = -1L; ;)
        {
            var page = Query("SELECT * FROM captures WHERE number > $number ORDER BY number LIMIT 256", ("$number", number));
            foreach (var capture in page)
                yield return capture;
            if (page.Count == 0)
                yield break;
            number = page[^1].Number;
        }
    }

    public bool Holds(byte[] key) => Scalar("SELECT EXISTS (SELECT 1 FROM captures WHERE key = $key)", ("$key", key)) is 1L;

    /// <summary>The capture of a key, scheme and rank at a time: the first at or after it, else the nearest before, else an undated one.</summary>
    public Capture? At(byte[] key, bool secure, int rank, DateTimeOffset? asOf, bool redirects)
    {
        var where = "SELECT * FROM captures WHERE key = $key AND rank = $rank AND secure = $secure "
            + (redirects ? "AND date " : "AND status NOT BETWEEN 300 AND 399 AND date ");
        Capture? Try(string condition, long date) =>
            First(where + condition + " LIMIT 1", ("$key", key), ("$rank", rank), ("$secure", secure ? 1 : 0), ("$date", date));

        var ticks = asOf is null ? long.MinValue : CaptureSchema.Ticks(asOf);
        return Try(">= $date AND date < 9223372036854775807 ORDER BY date, number", ticks)
            ?? Try("< $date AND date < 9223372036854775807 ORDER BY date DESC, number", ticks)
            ?? Try("= $date ORDER BY number", CaptureSchema.Undated);
    }

    /// <summary>
    /// What a live run would have ended with that tries an address a number of times: the first of as many captures from a time on that is no
    /// transient failure, else the last of them; null where there are fewer and all failed.
    /// </summary>
    public Capture? OfAttempts(byte[] key, bool secure, DateTimeOffset asOf, DateTimeOffset? until, int attempts)
    {
        // Without a limit: SQLite compiles a query with a bound one anew for each value. The index gives the order, so that no row is read for nothing.
        const string InTime = "SELECT * FROM captures WHERE key = $key AND secure = $secure AND rank <> 1 AND date >= $date AND date < $until ORDER BY date, number";
        lock (_gate)
        {
            using var rows = Prepared(InTime, ("$key", key), ("$secure", secure ? 1 : 0), ("$date", CaptureSchema.Ticks(asOf)), ("$until", CaptureSchema.Ticks(until))).ExecuteReader();
            Capture? last = null;
            var met = 0;
            for (; met < attempts && rows.Read(); met++)
            {
                last = CaptureSchema.Read(rows);
                if (CaptureSchema.IsAnswer(rows))
                    return last;
            }

            return met == attempts ? last : null;
        }
    }

    /// <summary>Files whose path ends in a segment.</summary>
    public IReadOnlyList<(string Path, long Number)> Tails(string lastSegment) => Rows(
        "SELECT path, number FROM tails WHERE tail = $tail ORDER BY path, number LIMIT 1000",
        row => (row.GetString(0), row.GetInt64(1)),
        ("$tail", UrlKey.Hash(lastSegment)));

    public void Dispose()
    {
        _transaction?.Dispose();
        foreach (var query in _queries.Values)
            query.Dispose();
        _insert.Dispose();
        _insertTail.Dispose();
        _insertRevisit.Dispose();
        _connection.Dispose();
    }

    private void Commit()
    {
        _transaction?.Commit();
        _transaction?.Dispose();
        _transaction = null;
        _inBatch = 0;
    }

    private object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        lock (_gate)
        {
            return Prepared(sql, parameters).ExecuteScalar();
        }
    }

    // A query is compiled once; a page asks several.
    private SqliteCommand Prepared(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_queries.TryGetValue(sql, out var command))
            return _queries[sql] = _connection.Command(sql, parameters);
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        return command;
    }

    private Capture? First(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Query(sql, parameters) is [var first, ..] ? first : null;

    private List<Capture> Query(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Rows(sql, CaptureSchema.Read, parameters);

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        lock (_gate)
        {
            using var reader = Prepared(sql, parameters).ExecuteReader();
            var found = new List<T>();
            while (reader.Read())
                found.Add(read(reader));
            return found;
        }
    }
}
