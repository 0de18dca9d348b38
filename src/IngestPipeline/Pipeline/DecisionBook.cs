using IngestPipeline.Archive.Index;
using IngestPipeline.Deduplication;
using IngestPipeline.Records;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Pipeline;

/// <summary>
/// The latest decisions and the known captures of a store, on disk for the length of a run, so that memory does not grow with the
/// archive. It is a cache: everything in it is read again from the decision segments.
/// </summary>
internal sealed class DecisionBook : IDisposable
{
    private const long Undated = -1;

    private readonly TemporaryDatabase _database;
    private readonly SqliteCommand _putDecision;
    private readonly SqliteCommand _getDecision;
    private readonly SqliteCommand _members;
    private readonly SqliteCommand _putCapture;
    private readonly SqliteCommand _getCapture;
    private readonly SqliteCommand _latestCapture;
    private readonly SqliteCommand _known;
    private readonly SqliteCommand _isTaken;
    private readonly SqliteCommand _meet;
    private readonly SqliteCommand _firstSeen;
    private readonly SqliteCommand _window;
    private readonly SqliteCommand _removeDecision;
    private readonly SqliteCommand _removeCaptures;
    private DecisionDirectory? _directory;

    public DecisionBook(string? temporaryFolder = null)
    {
        _database = new(
            temporaryFolder,
            2_000,
            "CREATE TABLE decision(id TEXT PRIMARY KEY, canonical TEXT NOT NULL, kind INTEGER NOT NULL, seen INTEGER NOT NULL, json BLOB NOT NULL) WITHOUT ROWID",
            "CREATE INDEX by_canonical ON decision(canonical)",
            "CREATE INDEX by_seen ON decision(seen, id)",
            "CREATE TABLE capture(id TEXT NOT NULL, captured INTEGER NOT NULL, hash TEXT NOT NULL, revision INTEGER NOT NULL, met INTEGER NOT NULL, text INTEGER NOT NULL, PRIMARY KEY(id, captured, hash)) WITHOUT ROWID");
        _putDecision = Prepare("INSERT OR REPLACE INTO decision VALUES($id, $canonical, $kind, $seen, $json)", "$id", "$canonical", "$kind", "$seen", "$json");
        _getDecision = Prepare("SELECT json FROM decision WHERE id = $id", "$id");
        _members = Prepare("SELECT json FROM decision WHERE canonical = $id AND id <> $id ORDER BY seen, id", "$id");
        _putCapture = Prepare(
            "INSERT OR IGNORE INTO capture VALUES($id, $captured, $hash, $revision, $met, $text)", "$id", "$captured", "$hash", "$revision", "$met", "$text");
        _getCapture = Prepare("SELECT revision, met FROM capture WHERE id = $id AND captured = $captured AND hash = $hash", "$id", "$captured", "$hash");
        // The row with the largest revision, without sorting: for that SQLite makes a table of its own, 87 kB for each article.
        _latestCapture = Prepare(
            """
            SELECT MAX(revision), hash, text FROM capture
            WHERE id = $id AND captured = (SELECT MAX(captured) FROM capture WHERE id = $id AND captured <= $captured)
            GROUP BY id, captured
            """,
            "$id",
            "$captured");
        _known = Prepare(
            """
            SELECT MAX(revision),
                MAX(CASE WHEN captured < $captured OR (captured = $captured AND met = 1) THEN revision END),
                MAX(CASE WHEN captured >= $captured AND met = 0 THEN revision END),
                MAX(captured > $captured AND met = 0)
            FROM capture WHERE id = $id
            """,
            "$id",
            "$captured");
        _isTaken = Prepare("SELECT 1 FROM capture WHERE id = $id AND revision = $revision", "$id", "$revision");
        _meet = Prepare("UPDATE capture SET met = 1 WHERE id = $id AND captured = $captured AND hash = $hash", "$id", "$captured", "$hash");
        _firstSeen = Prepare("SELECT captured FROM capture WHERE id = $id AND revision = 1 LIMIT 1", "$id");
        _window = Prepare("SELECT json FROM decision WHERE seen >= $from AND seen <= $to ORDER BY seen, id", "$from", "$to");
        _removeDecision = Prepare("DELETE FROM decision WHERE id = $id", "$id");
        _removeCaptures = Prepare("DELETE FROM capture WHERE id = $id", "$id");
    }

    /// <summary>
    /// Lets the book read decisions of the store when they are asked for. It knows then of no captures, and <see cref="Decisions"/>, <see cref="Kinds"/> and
    /// <see cref="LargestGroups"/> cannot be asked.
    /// </summary>
    /// <param name="directory">Where each stands; null when all were put in.</param>
    public void Attach(DecisionDirectory? directory) => _directory = directory;

    /// <summary>The lines of a segment stand in another one now.</summary>
    public void Move(string from, string to, long offset) => _directory?.Move(from, to, offset);

    /// <summary>Takes over a published decision and the capture that it is about; after a removal the article was never there.</summary>
    public void Put(PublishedDecision decision)
    {
        if (decision.IsRemoval)
        {
            _directory?.Cover(decision.Id);
            _removeDecision.Run(decision.Id);
            _removeCaptures.Run(decision.Id);
            return;
        }

        Keep(decision);
        _putCapture.Run(decision.Id, Ticks(decision.Captured), decision.ContentHash, decision.ArticleRevision, 0, decision.HasText ? 1 : 0);
    }

    /// <summary>The latest decision about an article.</summary>
    public PublishedDecision? Find(string id)
    {
        _getDecision.Bind(id);
        if (_getDecision.ExecuteScalar() is byte[] json)
            return DecisionJson.Read(json);
        if (_directory?.Find(id) is not { } found)
            return null;
        Keep(found);
        return found;
    }

    /// <summary>The other members of a canonical article's group, by (first seen, id).</summary>
    public IReadOnlyList<PublishedDecision> Members(string canonicalId)
    {
        foreach (var member in _directory?.Members(canonicalId) ?? [])
            Keep(member);
        return Read(_members, canonicalId);
    }

    /// <summary>The latest decision about every article, by id; read as they are walked.</summary>
    public IEnumerable<PublishedDecision> Decisions()
    {
        Whole();
        const int Page = 500;
        using var page = Prepare("SELECT id, json FROM decision WHERE id > $after ORDER BY id LIMIT $most", "$after", "$most");
        var after = "";
        while (true)
        {
            var found = new List<PublishedDecision>(Page);
            page.Bind(after, Page);
            using (var rows = page.ExecuteReader())
            {
                while (rows.Read())
                    found.Add(DecisionJson.Read((byte[])rows[1]));
            }

            foreach (var decision in found)
                yield return decision;
            if (found.Count < Page)
                yield break;
            after = found[^1].Id;
        }
    }

    /// <summary>
    /// When an article was first seen: as was decided, else when its first revision was captured; null for undated input or an article that is not known.
    /// </summary>
    public DateTimeOffset? FirstSeen(string id)
    {
        Whole();
        // Another archive's captures may have been decided about, of which this run meets none, or an older one that came too late.
        if (Find(id) is { } decided)
            return decided.FirstSeen;
        _firstSeen.Bind(id);
        return _firstSeen.ExecuteScalar() is long ticks and not Undated ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
    }

    /// <summary>How many articles the latest decisions call what.</summary>
    public IReadOnlyDictionary<CopyKind, int> Kinds()
    {
        Whole();
        using var command = Prepare("SELECT kind, COUNT(*) FROM decision GROUP BY kind");
        using var rows = command.ExecuteReader();
        var kinds = new SortedDictionary<CopyKind, int>();
        while (rows.Read())
            kinds[(CopyKind)rows.GetInt32(0)] = rows.GetInt32(1);
        return kinds;
    }

    /// <summary>The canonical articles with the most copies, the largest group first.</summary>
    public IReadOnlyList<PublishedDecision> LargestGroups(int most)
    {
        Whole();
        using var command =
            Prepare("SELECT canonical FROM decision GROUP BY canonical HAVING COUNT(*) > 1 ORDER BY COUNT(*) DESC, canonical LIMIT $most", "$most");
        command.Bind(most);
        var ids = new List<string>();
        using (var rows = command.ExecuteReader())
        {
            while (rows.Read())
                ids.Add(rows.GetString(0));
        }

        return [.. ids.Select(Find).OfType<PublishedDecision>()];
    }

    /// <summary>
    /// The decided articles first seen between two times, by (first seen, id); undated ones when both are null. Read as they are walked;
    /// nothing may be put in meanwhile.
    /// </summary>
    public IEnumerable<PublishedDecision> Window(DateTimeOffset? from, DateTimeOffset? to)
    {
        foreach (var decision in _directory?.Window(from?.UtcTicks ?? ArticleHead.Undated, to?.UtcTicks ?? ArticleHead.Undated) ?? [])
            Keep(decision);
        _window.Bind(Ticks(from), Ticks(to));
        using var rows = _window.ExecuteReader();
        while (rows.Read())
            yield return DecisionJson.Read((byte[])rows[0]);
    }

    /// <summary>
    /// Places a capture among the known ones of its article. Called in the order of captures; a capture that this run met before, or
    /// whose text is that of the one before it, is no new revision. Nor is a headline alone, after a text: that stands while its page cannot be had.
    /// </summary>
    public CapturePlace Place(string id, DateTimeOffset? captured, string contentHash, bool hasText)
    {
        Whole();
        _getCapture.Bind(id, Ticks(captured), contentHash);
        using (var row = _getCapture.ExecuteReader())
        {
            if (row.Read())
            {
                var place = new CapturePlace(row.GetInt32(0), row.GetInt32(1) == 1 ? CaptureStanding.Unchanged : CaptureStanding.Stored);
                row.Close();
                _meet.Run(id, Ticks(captured), contentHash);
                return place;
            }
        }

        _latestCapture.Bind(id, Ticks(captured));
        using (var row = _latestCapture.ExecuteReader())
        {
            if (row.Read() && (row.GetString(1) == contentHash || (row.GetInt32(2) == 1 && !hasText)))
                return new(row.GetInt32(0), CaptureStanding.Unchanged);
        }

        var next = Next(id, captured);
        if (next.Standing != CaptureStanding.Late)
            _putCapture.Run(id, Ticks(captured), contentHash, next.Revision, 1, hasText ? 1 : 0);
        return next;
    }

    /// <summary>How many decided articles first seen between two times are not read yet.</summary>
    public int Unread(DateTimeOffset? from, DateTimeOffset? to) =>
        _directory?.Count(from?.UtcTicks ?? ArticleHead.Undated, to?.UtcTicks ?? ArticleHead.Undated) ?? 0;

    public void Dispose() => _database.Dispose();

    // Where a text stands that is not known.
    private CapturePlace Next(string id, DateTimeOffset? captured)
    {
        _known.Bind(id, Ticks(captured));
        int? last, ahead;
        int next;
        bool isEarlier;
        using (var row = _known.ExecuteReader())
        {
            row.Read();
            last = Number(row, 0);
            next = (Number(row, 1) ?? 0) + 1;
            ahead = Number(row, 2);
            isEarlier = Number(row, 3) == 1;
        }

        // Where an earlier run published several revisions at once, its decision is about the last of them alone: those before it have no place that is known.
        if (next < ahead && !IsTaken(id, next) && !(captured < FirstSeen(id)))
            return new(next, CaptureStanding.Superseded);
        return isEarlier ? new(last!.Value, CaptureStanding.Late) : new((last ?? 0) + 1, CaptureStanding.Fresh);
    }

    private bool IsTaken(string id, int revision)
    {
        _isTaken.Bind(id, revision);
        return _isTaken.ExecuteScalar() is not null;
    }

    private static int? Number(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    private void Keep(PublishedDecision decision)
    {
        _directory?.Cover(decision.Id);
        _putDecision.Run(decision.Id, decision.Decision.CanonicalId, (int)decision.Decision.Kind, Ticks(decision.FirstSeen), DecisionJson.Write(decision));
    }

    private void Whole()
    {
        if (_directory is not null)
            throw new InvalidOperationException("A book that reads decisions as they are asked for does not know all of them.");
    }

    private static long Ticks(DateTimeOffset? time) => time?.UtcTicks ?? Undated;

    private static List<PublishedDecision> Read(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        command.Bind(values);
        var found = new List<PublishedDecision>();
        using var rows = command.ExecuteReader();
        while (rows.Read())
            found.Add(DecisionJson.Read((byte[])rows[0]));
        return found;
    }

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<string> names) => _database.Connection.Prepared(sql, names);
}
