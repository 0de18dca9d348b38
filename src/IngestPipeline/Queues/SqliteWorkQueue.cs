using System.Globalization;
using IngestPipeline.Archive.Index;

namespace IngestPipeline.Queues;

/// <summary>A queue in the file of a folder store.</summary>
internal sealed class SqliteWorkQueue(SqliteQueueFile file, string name, TimeProvider time) : IWorkQueue
{
    public string Name { get; } = QueueName.Checked(name);

    public Task PrepareAsync(CancellationToken cancellation = default) => file.RunAsync(_ => 0, cancellation);

    public Task SendAsync(string body, TimeSpan delay = default, CancellationToken cancellation = default)
    {
        QueueName.CheckBody(body);
        var now = time.GetUtcNow();
        return file.RunAsync(
            connection =>
            {
                using var insert = connection.Command(
                    "INSERT INTO message(queue, body, visible, inserted, deliveries) VALUES($queue, $body, $visible, $now, 0)",
                    ("$queue", Name), ("$body", body), ("$visible", (now + QueueName.Delay(delay)).UtcTicks), ("$now", now.UtcTicks));
                return insert.ExecuteNonQuery();
            },
            cancellation);
    }

    public Task<IReadOnlyList<QueueItem>> ReceiveAsync(int most, TimeSpan visibility, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(most is >= 1 and <= 32, true, nameof(most));
        var now = time.GetUtcNow();
        return file.RunAsync<IReadOnlyList<QueueItem>>(
            connection =>
            {
                using var take = connection.Command(
                    """
                    UPDATE message SET visible = $until, deliveries = deliveries + 1
                    WHERE id IN (SELECT id FROM message WHERE queue = $queue AND visible <= $now ORDER BY visible, id LIMIT $most)
                    RETURNING id, body, deliveries, inserted
                    """,
                    ("$queue", Name), ("$now", now.UtcTicks), ("$until", (now + visibility).UtcTicks), ("$most", most));
                using var rows = take.ExecuteReader();
                var items = new List<QueueItem>();
                while (rows.Read())
                {
                    var (id, deliveries) = (rows.GetInt64(0), rows.GetInt64(2));
                    items.Add(new(Text(id), rows.GetString(1), Text(deliveries), deliveries, new(rows.GetInt64(3), TimeSpan.Zero)));
                }

                return [.. items.OrderBy(i => long.Parse(i.Id, CultureInfo.InvariantCulture))];
            },
            cancellation);
    }

    /// <summary>
    /// Makes what was delivered visible now, in all queues of the file. One that failed and was to come again in half a minute comes at once, too.
    /// </summary>
    public static Task<int> TakeBackAsync(SqliteQueueFile file, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow().UtcTicks;
        return file.RunAsync(
            connection =>
            {
                using var change = connection.Command("UPDATE message SET visible = $now WHERE deliveries > 0 AND visible > $now", ("$now", now));
                return change.ExecuteNonQuery();
            },
            cancellation);
    }

    // The count of deliveries is the receipt: whoever shows an older one has been overtaken.
    public Task<bool> DeleteAsync(QueueItem item, CancellationToken cancellation = default) => ChangeAsync(
        "DELETE FROM message WHERE id = $id AND deliveries = $receipt AND queue = $queue AND $visible = $visible", item, TimeSpan.Zero, cancellation);

    public Task<bool> ReleaseAsync(QueueItem item, TimeSpan delay, CancellationToken cancellation = default) => ChangeAsync(
        "UPDATE message SET visible = $visible WHERE id = $id AND deliveries = $receipt AND queue = $queue", item, delay, cancellation);

    public Task<int> DepthAsync(CancellationToken cancellation = default) => file.RunAsync(
        connection =>
        {
            using var count = connection.Command("SELECT COUNT(*) FROM message WHERE queue = $queue", ("$queue", Name));
            return (int)(long)count.ExecuteScalar()!;
        },
        cancellation);

    private Task<bool> ChangeAsync(string sql, QueueItem item, TimeSpan delay, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(item);
        return file.RunAsync(
            connection =>
            {
                using var change = connection.Command(
                    sql,
                    ("$id", long.Parse(item.Id, CultureInfo.InvariantCulture)), ("$receipt", long.Parse(item.Receipt, CultureInfo.InvariantCulture)),
                    ("$queue", Name), ("$visible", (time.GetUtcNow() + QueueName.Delay(delay)).UtcTicks));
                return change.ExecuteNonQuery() == 1;
            },
            cancellation);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
