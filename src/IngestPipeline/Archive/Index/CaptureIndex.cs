using IngestPipeline.Archive.Bytes;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Archive.Index;

/// <summary>
/// The captures of an archive in a temporary SQLite file: memory stays flat whatever the archive's length. One connection under a lock; each
/// look-up takes some twenty microseconds.
/// </summary>
internal sealed class CaptureIndex : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly CaptureInserts _inserts;
    private readonly CaptureQueries _queries;
    private volatile bool _hasDamage;

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
        _queries = new(_connection);
        if (isNew)
            CaptureSchema.Create(_connection);
        _inserts = new(_connection);
    }

    /// <summary>A new index whose file stays, to be read or joined elsewhere.</summary>
    public static CaptureIndex Keep(string path) => new(path, isNew: true);

    /// <summary>An index that was finished elsewhere.</summary>
    public static CaptureIndex Read(string path)
    {
        var index = new CaptureIndex(path, isNew: false);
        index.Count = (long)index._queries.Scalar("SELECT COUNT(*) FROM captures")!;
        return index;
    }

    /// <summary>Captures added so far.</summary>
    public long Count { get; private set; }

    public void Add(CaptureEntry entry) => _inserts.Add(entry, Count++);

    /// <summary>Adds what another index holds that was kept and not finished, behind what is here.</summary>
    public void Append(string path)
    {
        _inserts.Commit();
        using (var attach = _connection.Command("ATTACH DATABASE $path AS part", ("$path", path)))
            attach.ExecuteNonQuery();
        using (var append = CaptureSchema.Append(_connection, Count))
            append.ExecuteNonQuery();
        _connection.Run("DETACH DATABASE part");
        Count = (long)_queries.Scalar("SELECT COUNT(*) FROM captures")!;
    }

    /// <summary>Adds a live run's mark; it is no capture.</summary>
    public void AddMark(ArchivedMark mark)
    {
        using var insert = _connection.Command(
            "INSERT INTO rechecks VALUES ($date, $url, $json)", ("$date", mark.Date.UtcTicks), ("$url", mark.Url), ("$json", mark.Json));
        _inserts.Run(insert);
    }

    /// <summary>Adds what a live run's sites had taught by a day.</summary>
    public void AddLearned(string json)
    {
        using var insert = _connection.Command("INSERT INTO learned VALUES ($json)", ("$json", json));
        _inserts.Run(insert);
    }

    /// <summary>What live runs' sites had taught, day by day.</summary>
    public IReadOnlyList<string> Learned() => _queries.Rows("SELECT json FROM learned ORDER BY json", row => row.GetString(0));

    /// <summary>The marks of live runs, in order.</summary>
    public IReadOnlyList<ArchivedMark> Marks() => _queries.Rows(
        "SELECT date, url, json FROM rechecks ORDER BY date, url, json",
        row => new ArchivedMark(new(row.GetInt64(0), TimeSpan.Zero), row.GetString(1), row.GetString(2)));

    /// <summary>Keeps, beside the captures, what could not be read and which files are read inflated: for an index that is read elsewhere.</summary>
    public void Note(IEnumerable<ArchiveFault> faults, IEnumerable<string> inflated)
    {
        _inserts.Commit();
        foreach (var fault in faults)
        {
            using var insert = _connection.Command(
                "INSERT INTO faults VALUES ($file, $offset, $what)", ("$file", fault.File), ("$offset", fault.Offset), ("$what", fault.What));
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
        _queries.Rows("SELECT file, offset, what FROM faults ORDER BY rowid", row => new ArchiveFault(row.GetString(0), row.GetInt64(1), row.GetString(2))),
        _queries.Rows("SELECT file FROM inflated ORDER BY rowid", row => row.GetString(0)));

    /// <summary>Keeps what showed when a capture was read; once, however often it is read. Safe for concurrent use.</summary>
    public void AddDamage(long number, IReadOnlyList<ArchiveFault> faults)
    {
        // Made where it is needed: an index that is staged in a store has the tables that it always had.
        _queries.Run("CREATE TABLE IF NOT EXISTS damage (number INTEGER, step INTEGER, file TEXT, offset INTEGER, what TEXT, PRIMARY KEY (number, step))");
        _hasDamage = true;
        for (var step = 0; step < faults.Count; step++)
        {
            _queries.Run(
                "INSERT OR IGNORE INTO damage VALUES ($number, $step, $file, $offset, $what)",
                ("$number", number), ("$step", step), ("$file", faults[step].File), ("$offset", faults[step].Offset), ("$what", faults[step].What));
        }
    }

    /// <summary>What showed when captures were read, in archive order.</summary>
    public IReadOnlyList<ArchiveFault> Damage(int most)
    {
        if (!_hasDamage)
            return [];
        var first = _queries.Rows(
            "SELECT file, offset, what FROM damage ORDER BY number, step LIMIT $most",
            row => new ArchiveFault(row.GetString(0), row.GetInt64(1), row.GetString(2)), ("$most", most));
        var more = (long)_queries.Scalar("SELECT COUNT(*) FROM damage")! - first.Count;
        return more == 0 ? first : [.. first, FaultList.Rest(first, more)];
    }

    /// <summary>Ends adding: builds the indexes and resolves what refers to other captures.</summary>
    public void Finish(CancellationToken cancellation)
    {
        _inserts.Commit();
        using var transaction = _connection.BeginTransaction();
        new CaptureResolver(_connection, transaction).Resolve(cancellation);
        transaction.Commit();
        CaptureSchema.MakeSmall(_connection);
    }

    public bool HoldsFeeds() => _queries.Scalar("SELECT EXISTS (SELECT 1 FROM captures WHERE feed = 1)") is 1L;

    /// <summary>True when a capture says that a redirect led to it.</summary>
    public bool HoldsVias() => _queries.Scalar("SELECT EXISTS (SELECT 1 FROM captures WHERE via IS NOT NULL)") is 1L;

    public Capture? Get(long number) => _queries.First("SELECT * FROM captures WHERE number = $number", ("$number", number));

    /// <summary>The captures of one flag in order, read in pages so that other look-ups go on between them.</summary>
    public IEnumerable<Capture> InOrder(string flag)
    {
        var sql = $"SELECT * FROM captures WHERE {flag} = 1 AND (date, url, number) > ($date, $url, $number)"
            + " ORDER BY date, url, number LIMIT 256";
        for (var (date, url, number) = (long.MinValue, "", -1L); ;)
        {
            var page = _queries.Captures(sql, ("$date", date), ("$url", url), ("$number", number));
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
            var page = _queries.Captures("SELECT * FROM captures WHERE number > $number ORDER BY number LIMIT 256", ("$number", number));
            foreach (var capture in page)
                yield return capture;
            if (page.Count == 0)
                yield break;
            number = page[^1].Number;
        }
    }

    public bool Holds(byte[] key) => _queries.Scalar("SELECT EXISTS (SELECT 1 FROM captures WHERE key = $key)", ("$key", key)) is 1L;

    /// <summary>The capture of a key, scheme and rank at a time: the first at or after it, else the nearest before, else an undated one.</summary>
    public Capture? At(byte[] key, bool secure, int rank, DateTimeOffset? asOf, bool redirects, ViaFilter via)
    {
        var where = $"SELECT * FROM captures WHERE key = $key AND rank = $rank AND secure = $secure {via.Sql}"
            + (redirects ? "AND date " : "AND status NOT BETWEEN 300 AND 399 AND date ");
        Capture? Try(string condition, long date) =>
            _queries.First(where + condition + " LIMIT 1", ("$key", key), ("$rank", rank), ("$secure", secure ? 1 : 0), ("$date", date), ("$via", via.Address));

        var ticks = asOf is null ? long.MinValue : CaptureSchema.Ticks(asOf);
        return Try(">= $date AND date < 9223372036854775807 ORDER BY date, number", ticks)
            ?? Try("< $date AND date < 9223372036854775807 ORDER BY date DESC, number", ticks)
            ?? Try("= $date ORDER BY number", CaptureSchema.Undated);
    }

    /// <summary>
    /// What a live run would have ended with that tries an address a number of times: the first of as many captures from a time on that is no
    /// transient failure, else the last of them; null where there are fewer and all failed.
    /// </summary>
    public Capture? OfAttempts(byte[] key, bool secure, DateTimeOffset asOf, DateTimeOffset? until, int attempts, ViaFilter via)
    {
        // Without a limit: SQLite compiles a query with a bound one anew for each value. The index gives the order, so that no row is read for nothing.
        return _queries.Answer(
            attempts,
            $"SELECT * FROM captures WHERE key = $key AND secure = $secure AND rank <> 1 {via.Sql}AND date >= $date AND date < $until ORDER BY date, number",
            ("$key", key), ("$secure", secure ? 1 : 0), ("$date", CaptureSchema.Ticks(asOf)), ("$until", CaptureSchema.Ticks(until)), ("$via", via.Address));
    }

    /// <summary>Files whose path ends in a segment.</summary>
    public IReadOnlyList<(string Path, long Number)> Tails(string lastSegment) => _queries.Rows(
        "SELECT path, number FROM tails WHERE tail = $tail ORDER BY path, number LIMIT 1000",
        row => (row.GetString(0), row.GetInt64(1)),
        ("$tail", UrlKey.Hash(lastSegment)));

    public void Dispose()
    {
        _inserts.Dispose();
        _queries.Dispose();
        _connection.Dispose();
    }
}
