using IngestPipeline.Archive.Index;
using IngestPipeline.Records;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Export;

/// <summary>Writes a SQLite database; a record that is there already is replaced, so increments go into the same file.</summary>
internal sealed class SqliteSink : IRecordSink
{
    private static readonly string[] NumberColumns = ["similarity", "revision", "removedBlocks"];

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _article;
    private readonly SqliteCommand _forget;
    private readonly SqliteCommand _removed;
    private readonly SqliteCommand _delete;

    public SqliteSink(string file)
    {
        _connection = new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        _connection.Open();
        var columns =
            string.Join(", ", ExportRow.Columns.Select(c => c + (c == "id" ? " TEXT PRIMARY KEY" : NumberColumns.Contains(c) ? " NUMERIC" : " TEXT")));
        _connection.Run($"""
            CREATE TABLE IF NOT EXISTS articles ({columns});
            CREATE INDEX IF NOT EXISTS articles_day ON articles (day);
            CREATE INDEX IF NOT EXISTS articles_story ON articles (storyId);
            CREATE TABLE IF NOT EXISTS removed (articleId TEXT NOT NULL, position INTEGER NOT NULL, rule TEXT, reason TEXT, text TEXT);
            CREATE INDEX IF NOT EXISTS removed_article ON removed (articleId);
            PRAGMA secure_delete = ON;
            BEGIN
            """);
        string[] names = [.. ExportRow.Columns.Select(c => "$" + c)];
        _article = _connection.Prepared($"INSERT OR REPLACE INTO articles VALUES ({string.Join(", ", names)})", names);
        _forget = _connection.Prepared("DELETE FROM removed WHERE articleId = $id", "$id");
        _delete = _connection.Prepared("DELETE FROM articles WHERE id = $id", "$id");
        _removed = _connection.Prepared("INSERT INTO removed VALUES ($id, $position, $rule, $reason, $text)", "$id", "$position", "$rule", "$reason", "$text");
    }

    public void Put(ReadOnlyMemory<byte> line, RecordFields record)
    {
        _article.Run(ExportRow.Of(record));
        _forget.Run(record.Id);
        foreach (var block in record.List("removed"))
            _removed.Run(record.Id, block.Number("position"), block.Text("rule"), block.Text("reason"), block.Text("text"));
    }

    public void Remove(string id)
    {
        _delete.Run(id);
        _forget.Run(id);
    }

    public void Finish() => _connection.Run("COMMIT");

    public void Dispose()
    {
        _article.Dispose();
        _forget.Dispose();
        _removed.Dispose();
        _delete.Dispose();
        _connection.Dispose();
    }
}
