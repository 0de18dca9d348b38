using IngestPipeline.Archive.Folders;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Archive.Index;

/// <summary>The index's tables and how a capture is laid out in them.</summary>
internal static class CaptureSchema
{
    /// <summary>The date of a capture without one: behind every date.</summary>
    public const long Undated = long.MaxValue;

    /// <summary>Ranks from 0: an answer; an answer made from another document; one that a live fetch tries again; no answer.</summary>
    public const int Ranks = 4;

    // The marks' table has the name of the first kind of them: parts of a back-fill's index are staged in its store.
    private const string Tables = """
        PRAGMA journal_mode = OFF;
        PRAGMA synchronous = OFF;
        PRAGMA locking_mode = EXCLUSIVE;
        PRAGMA cache_size = -16384;
        CREATE TABLE captures (
            number INTEGER PRIMARY KEY, url TEXT NOT NULL, date INTEGER NOT NULL, file TEXT NOT NULL, offset INTEGER NOT NULL,
            inner INTEGER NOT NULL, position INTEGER NOT NULL, status INTEGER NOT NULL, media TEXT, kind INTEGER NOT NULL, feed INTEGER NOT NULL,
            sha TEXT, refers INTEGER NOT NULL, headers TEXT,
            key BLOB NOT NULL, secure INTEGER NOT NULL, rank INTEGER NOT NULL, page INTEGER NOT NULL,
            record TEXT, digest TEXT, selfnamed TEXT, via TEXT);
        CREATE TABLE tails (tail BLOB NOT NULL, path TEXT NOT NULL, number INTEGER NOT NULL);
        CREATE TABLE rechecks (date INTEGER NOT NULL, url TEXT NOT NULL, json TEXT NOT NULL);
        CREATE TABLE learned (json TEXT NOT NULL);
        CREATE TABLE revisits (number INTEGER PRIMARY KEY, record TEXT, key BLOB, date INTEGER, digest TEXT);
        CREATE TABLE faults (file TEXT NOT NULL, offset INTEGER NOT NULL, what TEXT NOT NULL);
        CREATE TABLE inflated (file TEXT NOT NULL);
        """;

    private static readonly string[] Columns =
    [
        "number", "url", "date", "file", "offset", "inner", "position", "status", "media", "kind", "feed", "sha", "refers", "headers",
        "key", "secure", "rank", "page", "record", "digest", "selfnamed", "via",
    ];

    public static void Create(SqliteConnection connection) => connection.Run(Tables);

    /// <summary>Keeps less of the index in memory: what is asked for stands close together, while adding and sorting go all over it.</summary>
    public static void MakeSmall(SqliteConnection connection) => connection.Run("PRAGMA cache_size = -2048; PRAGMA shrink_memory");

    /// <summary>Takes over what an attached index, <c>part</c>, holds; its captures are numbered on from <paramref name="first"/>.</summary>
    public static SqliteCommand Append(SqliteConnection connection, long first) => connection.Command(
        $"""
        INSERT INTO captures SELECT number + $first, {string.Join(", ", Columns.Skip(1))} FROM part.captures ORDER BY number;
        INSERT INTO tails SELECT tail, path, number + $first FROM part.tails;
        INSERT INTO rechecks SELECT * FROM part.rechecks;
        INSERT INTO learned SELECT * FROM part.learned;
        INSERT INTO revisits SELECT number + $first, record, key, date, digest FROM part.revisits;
        INSERT INTO faults SELECT * FROM part.faults ORDER BY rowid;
        INSERT INTO inflated SELECT * FROM part.inflated ORDER BY rowid;
        """,
        ("$first", first));

    public static SqliteCommand InsertCapture(SqliteConnection connection)
    {
        string[] parameters = [.. Columns.Select(c => "$" + c)];
        return connection.Prepared($"INSERT INTO captures VALUES ({string.Join(", ", parameters)})", parameters);
    }

    public static void Bind(SqliteCommand insert, CaptureEntry entry, long number)
    {
        var c = entry.Capture;
        var key = UrlKey.Of(c.Url, out var secure);
        insert.Bind(
            number, c.Url, Ticks(c.Date), c.File, c.Offset, c.InnerOffset, c.Position, c.Status, c.MediaType, (int)c.Kind, c.IsFeed ? 1 : 0, c.PayloadSha256,
            c.RefersTo, c.HeadersJson, key, secure ? 1 : 0, entry.IsFinalFailure ? 0 : Rank(c), entry.IsPage ? 1 : 0, entry.RecordId, entry.PayloadDigest,
            entry.IsSelfNamed ? PathTail.InventedUrl(entry.RelativePath ?? "") : null, c.Via);
    }

    public static Capture Read(SqliteDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetString(1),
            row.GetInt64(2) == Undated ? null : new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero),
            row.GetString(3),
            row.GetInt64(4),
            row.GetInt32(7),
            row.IsDBNull(8) ? null : row.GetString(8),
            row.GetInt32(10) != 0,
            row.IsDBNull(11) ? null : row.GetString(11))
        {
            InnerOffset = row.GetInt64(5),
            Position = row.GetInt64(6),
            Kind = (CaptureKind)row.GetInt32(9),
            RefersTo = row.GetInt64(12),
            HeadersJson = row.IsDBNull(13) ? null : row.GetString(13),
            Via = row.IsDBNull(21) ? null : row.GetString(21),
        };

    /// <summary>True when a row is of the first rank.</summary>
    public static bool IsAnswer(SqliteDataReader row) => row.GetInt32(16) == 0;

    public static long Ticks(DateTimeOffset? date) => date?.UtcTicks ?? Undated;

    /// <summary>A revisit is ranked with no answer until it is resolved.</summary>
    public static int Rank(Capture capture) => capture switch
    {
        { Kind: CaptureKind.Failure } or { Kind: CaptureKind.Revisit, RefersTo: < 0 } or { Status: 304, RefersTo: < 0 } => 3,
        { Status: 408 or 425 or 429 or >= 500 } => 2,
        { Kind: CaptureKind.Conversion } => 1,
        _ => 0,
    };
}
