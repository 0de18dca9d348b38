using Microsoft.Data.Sqlite;

namespace IngestPipeline.Archive.Index;

/// <summary>Short forms for commands with values by name or by place.</summary>
internal static class SqliteCommands
{
    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.Command(sql);
        command.ExecuteNonQuery();
    }

    public static SqliteCommand Command(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is always a constant of this folder; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    /// <summary>A command to be run many times with <see cref="Bind"/>.</summary>
    public static SqliteCommand Prepared(this SqliteConnection connection, string sql, params ReadOnlySpan<string> names)
    {
        var command = connection.Command(sql);
        foreach (var name in names)
            command.Parameters.AddWithValue(name, DBNull.Value);
        return command;
    }

    public static void Bind(this SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }

    public static void Run(this SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        command.Bind(values);
        command.ExecuteNonQuery();
    }
}
