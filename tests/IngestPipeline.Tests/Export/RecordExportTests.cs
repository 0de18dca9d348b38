using System.Text;
using System.Text.Json;
using IngestPipeline.Export;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Cli;
using IngestPipeline.Tests.Storage;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Tests.Export;

public sealed class RecordExportTests : IDisposable
{
    private static readonly string Samples = Path.Combine(RepositoryRoot.Path, "samples");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Ndjson_is_the_records_as_stored_one_object_a_line()
    {
        var store = await StoreAsync();

        var lines = (await ExportAsync(store, ExportFormat.Ndjson)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var stored = Directory.EnumerateFiles(_folder["store/records"], "*.json", SearchOption.AllDirectories).Select(File.ReadAllText).ToHashSet();
        Assert.Equal(stored.Count, lines.Length);
        Assert.All(lines, l => Assert.Contains(l, stored));
    }

    [Fact]
    public async Task Csv_has_a_line_of_headings_quoted_cells_and_every_record()
    {
        var store = await StoreAsync();

        var rows = Csv(await ExportAsync(store, ExportFormat.Csv));

        Assert.Equal("id", rows[0][0]);
        Assert.Equal(13, rows.Count);
        Assert.All(rows, r => Assert.Equal(rows[0].Count, r.Count));
        Assert.Contains(rows, r => r[rows[0].IndexOf("text")].Contains("\n\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"x\"", "\"say \"\"x\"\"\"")]
    [InlineData("=a,\"b\"", "\"'=a,\"\"b\"\"\"")]
    [InlineData("plain - text", "plain - text")]
    [InlineData("", "")]
    public void No_cell_is_run_as_a_formula(string value, string cell) => Assert.Equal(cell, CsvSink.Cell(value));

    [Fact]
    public void Numbers_stay_numbers_in_every_culture() => Assert.Equal("-0.5", CsvSink.Cell(-0.5));

    [Fact]
    public async Task Filters_choose_records()
    {
        var store = await StoreAsync();
        async Task<int> CountAsync(IngestPipeline.Records.RecordFilter filter)
        {
            using var output = new MemoryStream();
            return (int)(await RecordExport.WriteAsync(store, ExportFormat.Ndjson, output, filter)).Records;
        }

        Assert.Equal(12, await CountAsync(new()));
        Assert.Equal(10, await CountAsync(new() { Canonical = true }));
        Assert.Equal(3, await CountAsync(new() { From = "2026-03-15" }));
        Assert.Equal(9, await CountAsync(new() { To = "2026-03-14" }));
        Assert.Equal(0, await CountAsync(new() { Language = "fr" }));
        Assert.Equal(await CountAsync(new() { Outlet = "Harbour Post" }), await CountAsync(new() { Outlet = "HARBOURPOST.example" }));
        Assert.InRange(await CountAsync(new() { Outlet = "Harbour Post" }), 1, 11);
    }

    [Fact]
    public async Task Increments_since_the_cursor_bring_a_database_to_what_a_whole_export_gives()
    {
        var store = await StoreAsync();
        var whole = await RecordExport.WriteSqliteAsync(store, _folder["whole.db"], new());

        await RecordExport.WriteSqliteAsync(store, _folder["steps.db"], new() { To = "2026-03-14" });
        var step = await RecordExport.WriteSqliteAsync(store, _folder["steps.db"], new(), since: 1);
        var nothing = await RecordExport.WriteSqliteAsync(store, _folder["steps.db"], new(), since: step.Cursor);

        Assert.Equal(Rows(_folder["whole.db"]), Rows(_folder["steps.db"]));
        Assert.Equal(whole.Cursor, step.Cursor);
        Assert.Equal(0, nothing.Records);
        Assert.Equal(4, step.Records);
    }

    [Fact]
    public async Task The_command_says_the_next_cursor_and_keeps_standard_output_for_records()
    {
        await StoreAsync();

        var run = await CliRun.RunAsync("export", _folder["store"]);
        var json = await CliRun.RunAsync("export", _folder["store"], "--out", _folder["a.ndjson"], "--json", "--since", "1");

        Assert.Equal((0, 12), (run.ExitCode, run.Lines.Count));
        Assert.Contains("--since 2", run.Error, StringComparison.Ordinal);
        Assert.Equal(2, JsonElement.Parse(json.Output).GetProperty("nextCursor").GetInt32());
        Assert.Equal(4, File.ReadAllLines(_folder["a.ndjson"]).Length);
    }

    [Fact]
    public async Task A_database_that_is_there_is_not_written_over()
    {
        await StoreAsync();
        File.WriteAllText(_folder["mine.db"], "mine");

        var over = await CliRun.RunAsync("export", _folder["store"], "--format", "sqlite", "--out", _folder["mine.db"]);
        var wrong = await CliRun.RunAsync("export", _folder["store"], "--format", "sqlite", "--out", _folder["mine.db"], "--since", "0");
        var nowhere = await CliRun.RunAsync("export", _folder["store"], "--format", "sqlite");

        Assert.Equal((2, 3, 2), (over.ExitCode, wrong.ExitCode, nowhere.ExitCode));
        Assert.All([over, wrong, nowhere], r => Assert.Single(r.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal("mine", File.ReadAllText(_folder["mine.db"]));
    }

    [Fact]
    public async Task A_database_that_was_not_finished_does_not_stand_in_the_way()
    {
        await StoreAsync();
        var rollup = Directory.GetFiles(_folder["store/rollups"], "*.ndjson.gz").Order(StringComparer.Ordinal).Last();
        File.Move(rollup, _folder["aside"]);

        var broken = await CliRun.RunAsync("export", _folder["store"], "--format", "sqlite", "--out", _folder["news.db"], "--quiet");
        Assert.False(File.Exists(_folder["news.db"]));
        File.Move(_folder["aside"], rollup);
        var again = await CliRun.RunAsync("export", _folder["store"], "--format", "sqlite", "--out", _folder["news.db"], "--quiet");

        Assert.Equal((3, 0), (broken.ExitCode, again.ExitCode));
        Assert.NotEmpty(Rows(_folder["news.db"]));
        Assert.Equal([_folder["news.db"]], Directory.GetFiles(_folder.Path, "news.db*"));
    }

    public void Dispose() => _folder.Dispose();

    private async Task<FolderBlobStore> StoreAsync()
    {
        await CliRun.RunAsync("replay", Samples, "--out", _folder["store"], "--quiet");
        return new(_folder["store"]);
    }

    private static async Task<string> ExportAsync(FolderBlobStore store, ExportFormat format)
    {
        using var output = new MemoryStream();
        await RecordExport.WriteAsync(store, format, output, new());
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static List<string> Rows(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        var rows = new List<string>();
        foreach (var sql in new[] { "SELECT * FROM articles ORDER BY id", "SELECT * FROM removed ORDER BY articleId, position, rule, text" })
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var row = command.ExecuteReader();
            while (row.Read())
                rows.Add(string.Join('|', Enumerable.Range(0, row.FieldCount).Select(i => row.GetValue(i))));
        }

        return rows;
    }

    // A reader of RFC 4180 of its own, so that the writer is not tested with itself.
    private static List<List<string>> Csv(string text)
    {
        var rows = new List<List<string>> { new() };
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted && text[i] == '"' && i + 1 < text.Length && text[i + 1] == '"')
                cell.Append(text[i++]);
            else if (text[i] == '"')
                quoted = !quoted;
            else if (!quoted && text[i] is ',' or '\r' && (text[i] == ',' || !quoted))
            {
                rows[^1].Add(cell.ToString());
                cell.Clear();
            }
            else if (!quoted && text[i] == '\n')
                rows.Add([]);
            else
                cell.Append(text[i]);
        }

        rows.RemoveAt(rows.Count - 1);
        return rows;
    }
}
