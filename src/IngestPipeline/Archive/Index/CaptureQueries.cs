using Microsoft.Data.Sqlite;

namespace IngestPipeline.Archive.Index;

/// <summary>What is asked of an index: over one connection, one query at a time, each compiled once, as a page asks several.</summary>
internal sealed class CaptureQueries(SqliteConnection connection) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SqliteCommand> _compiled = new(StringComparer.Ordinal);

    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        lock (_gate)
        {
            return Compiled(sql, parameters).ExecuteScalar();
        }
    }

    public void Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        lock (_gate)
        {
            Compiled(sql, parameters).ExecuteNonQuery();
        }
    }

    public Capture? First(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Captures(sql, parameters) is [var first, ..] ? first : null;

    public List<Capture> Captures(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Rows(sql, CaptureSchema.Read, parameters);

    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        lock (_gate)
        {
            using var reader = Compiled(sql, parameters).ExecuteReader();
            var found = new List<T>();
            while (reader.Read())
                found.Add(read(reader));
            return found;
        }
    }

    /// <summary>
    /// The first of a number of rows that is an answer, else the last of them; null where there are fewer and none is one. No row behind it is read.
    /// </summary>
    public Capture? Answer(int most, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        lock (_gate)
        {
            using var rows = Compiled(sql, parameters).ExecuteReader();
            Capture? last = null;
            var met = 0;
            for (; met < most && rows.Read(); met++)
            {
                last = CaptureSchema.Read(rows);
                if (CaptureSchema.IsAnswer(rows))
                    return last;
            }

            return met == most ? last : null;
        }
    }

    public void Dispose()
    {
        foreach (var command in _compiled.Values)
            command.Dispose();
    }

    private SqliteCommand Compiled(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_compiled.TryGetValue(sql, out var command))
            return _compiled[sql] = connection.Command(sql, parameters);
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        return command;
    }
}
