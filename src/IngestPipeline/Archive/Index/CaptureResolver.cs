using Microsoft.Data.Sqlite;

namespace IngestPipeline.Archive.Index;

/// <summary>
/// The last step of indexing. Pages that claim one URL between them lose it; revisits find the payload they refer to: by record id, else by URL and
/// date, else by payload digest (the same URL first, then the nearest before); a 304, or a revisit, without any of these, by its own URL, or the one that led there; a revisit of a
/// revisit by what that one refers to. A redirect that led to a
/// failure which a live run tries again is one, too.
/// </summary>
internal sealed class CaptureResolver(SqliteConnection connection, SqliteTransaction transaction)
{
    private const string OwnAnswer = "key = $key AND status = 200";
    private const string Payload = "SELECT * FROM captures WHERE kind <> 1 AND kind <> 4 AND status <> 304 AND ";

    public void Resolve(CancellationToken cancellation)
    {
        UnnameRivals(cancellation);
        Run("CREATE INDEX by_key ON captures (key, date, number, secure, rank)");
        MarkFailedRedirects(cancellation);
        if (Exists("SELECT EXISTS (SELECT 1 FROM revisits)"))
        {
            Run("CREATE INDEX by_record ON captures (record) WHERE record IS NOT NULL");
            Run("CREATE INDEX by_digest ON captures (digest, date) WHERE digest IS NOT NULL AND kind <> 1");
            Run("CREATE INDEX by_digest_key ON captures (digest, key, date) WHERE digest IS NOT NULL AND kind <> 1");
            Run("CREATE INDEX by_ok ON captures (key, date) WHERE status = 200 AND kind <> 1");
            ResolveRevisits(cancellation);
        }

        // Text made from a page is an article only where the page is not there.
        Run("""
            UPDATE captures SET page = 0 WHERE kind = 3 AND page = 1
            AND EXISTS (SELECT 1 FROM captures AS r WHERE r.key = captures.key AND r.rank = 0 AND r.status = 200)
            """);
        Run("CREATE INDEX feeds ON captures (date, url, number) WHERE feed = 1");
        Run("CREATE INDEX pages ON captures (date, url, number) WHERE page = 1");
        Run("CREATE INDEX by_tail ON tails (tail)");
    }

    private void UnnameRivals(CancellationToken cancellation)
    {
        if (!Exists("SELECT EXISTS (SELECT 1 FROM captures WHERE selfnamed IS NOT NULL)"))
            return;

        Run("""
            CREATE TEMP TABLE rivals AS SELECT number, selfnamed FROM captures WHERE selfnamed IS NOT NULL
            AND key IN (SELECT key FROM captures WHERE selfnamed IS NOT NULL GROUP BY key HAVING COUNT(*) > 1)
            """);
        using var update = Command(
            "UPDATE captures SET url = $url, key = $key, secure = 0 WHERE number = $number", ("$url", null), ("$key", null), ("$number", null));
        foreach (var row in Rows("SELECT number, selfnamed FROM rivals"))
        {
            cancellation.ThrowIfCancellationRequested();
            var url = (string)row[1]!;
            update.Run(url, UrlKey.Of(url, out _), row[0]);
        }
    }

    private void MarkFailedRedirects(CancellationToken cancellation)
    {
        using var mark = Command(
            """
            UPDATE captures SET rank = 2 WHERE number = (
                SELECT number FROM captures WHERE key = $key AND via IS NULL AND date <= $date ORDER BY date DESC, number DESC LIMIT 1)
            AND status BETWEEN 300 AND 399
            """,
            ("$key", null),
            ("$date", null));
        foreach (var row in Rows("SELECT via, date FROM captures WHERE via IS NOT NULL AND (rank = 2 OR (kind = 4 AND rank = 3)) ORDER BY number"))
        {
            cancellation.ThrowIfCancellationRequested();
            mark.Run(UrlKey.Of((string)row[0]!, out _), row[1]);
        }
    }

    private void ResolveRevisits(CancellationToken cancellation)
    {
        using var update = Command(
            "UPDATE captures SET refers = $refers, feed = $feed, page = $page, media = $media, sha = $sha, rank = 0 WHERE number = $number",
            ("$refers", null), ("$feed", null), ("$page", null), ("$media", null), ("$sha", null), ("$number", null));
        const string Revisits = """
            SELECT r.number, r.record, r.key, r.date, r.digest, c.key, c.date, c.status, c.via
            FROM revisits AS r JOIN captures AS c ON c.number = r.number
            """;
        var left = new List<object?[]>();
        foreach (var row in Rows(Revisits))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!Refer(row, ByRecord(row) ?? ByUrlAndDate(row) ?? ByDigest(row) ?? (SaysNothing(row) ? ByOwnUrl(row) : null)))
                left.Add(row);
        }

        // Revisits of revisits, however long the chain: each round finds those whose target was found in the one before.
        for (var before = -1; left.Count > 0 && left.Count != before;)
        {
            before = left.Count;
            cancellation.ThrowIfCancellationRequested();
            left.RemoveAll(row => Refer(row, ByRevisit(row) ?? (SaysNothing(row) ? ByOwnRevisit(row) : null)));
        }

        // Of what came later only where nothing was before.
        foreach (var row in left.Where(r => SaysNothing(r) && r[8] is null))
            Refer(row, Nearest(OwnAnswer, row));

        bool Refer(object?[] row, (Capture Capture, byte[] Key, bool Page)? found)
        {
            if (found is not { } it)
                return false;
            var ownPage = it.Page && !it.Key.AsSpan().SequenceEqual((byte[])row[5]!);
            update.Run(it.Capture.Number, it.Capture.IsFeed ? 1 : 0, ownPage ? 1 : 0, it.Capture.MediaType, it.Capture.PayloadSha256, row[0]);
            return true;
        }
    }

    // A 304 without a digest, and a revisit without any reference, are of the last answer of their own address.
    private static bool SaysNothing(object?[] row) => row[4] is null && (row[7] is 304L || (row[1] is null && row[2] is null));

    private (Capture Capture, byte[] Key, bool Page)? ByRevisit(object?[] row)
    {
        const string Found = "SELECT * FROM captures WHERE number IN (SELECT refers FROM captures WHERE (kind = 1 OR status = 304) AND refers >= 0 AND ";
        return (row[1] is null ? null : First(Found + "record = $record) LIMIT 1", ("$record", row[1])))
            ?? (row[2] is null || row[3] is CaptureSchema.Undated ? null : First(Found + "key = $key AND date = $date) LIMIT 1", ("$key", row[2]), ("$date", row[3])));
    }

    private (Capture Capture, byte[] Key, bool Page)? ByRecord(object?[] row) =>
        row[1] is null ? null : First(Payload + "record = $record LIMIT 1", ("$record", row[1]));

    private (Capture Capture, byte[] Key, bool Page)? ByUrlAndDate(object?[] row) =>
        row[2] is null || row[3] is CaptureSchema.Undated
            ? null
            : First(Payload + "key = $key AND date = $date ORDER BY rank, number LIMIT 1", ("$key", row[2]), ("$date", row[3]));

    private (Capture Capture, byte[] Key, bool Page)? ByDigest(object?[] row) =>
        row[4] is null ? null : Nearest("digest = $digest AND key = $key", row) ?? Nearest("digest = $digest", row);

    // Who was led to an address asked with what the address before had said: a feed that moved is unchanged there before it has answered there. Of what
    // it says later that poll knew nothing.
    private (Capture Capture, byte[] Key, bool Page)? ByOwnUrl(object?[] row)
    {
        if (NearestBefore(OwnAnswer, row) is { } own)
            return own;
        if (row[8] is not string via)
            return null;
        object?[] led = [.. row];
        led[5] = UrlKey.Of(via, out _);
        return NearestBefore(OwnAnswer, led);
    }

    // Unchanged there since it was unchanged there before.
    private (Capture Capture, byte[] Key, bool Page)? ByOwnRevisit(object?[] row) => First(
        "SELECT * FROM captures WHERE number = (SELECT refers FROM captures WHERE key = $key AND refers >= 0 AND date <= $date ORDER BY date DESC LIMIT 1)",
        ("$key", row[5]), ("$date", row[6]));

    // Each half is one step in an index, however many captures share the digest or the key.
    private (Capture Capture, byte[] Key, bool Page)? Nearest(string condition, object?[] row) =>
        NearestBefore(condition, row)
        ?? First($"{Payload}{condition} AND date > $date ORDER BY date LIMIT 1", ("$digest", row[4]), ("$key", row[5]), ("$date", row[6]));

    private (Capture Capture, byte[] Key, bool Page)? NearestBefore(string condition, object?[] row) =>
        First($"{Payload}{condition} AND date <= $date ORDER BY date DESC LIMIT 1", ("$digest", row[4]), ("$key", row[5]), ("$date", row[6]));

    private (Capture Capture, byte[] Key, bool Page)? First(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        return reader.Read() ? (CaptureSchema.Read(reader), (byte[])reader["key"], reader["page"] is 1L) : null;
    }

    private IEnumerable<object?[]> Rows(string sql)
    {
        using var command = Command(sql);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            yield return row;
        }
    }

    private bool Exists(string sql)
    {
        using var command = Command(sql);
        return command.ExecuteScalar() is 1L;
    }

    private void Run(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.Command(sql, parameters);
        command.Transaction = transaction;
        return command;
    }
}
