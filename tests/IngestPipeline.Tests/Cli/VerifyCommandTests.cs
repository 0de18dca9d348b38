using System.Text.Json;
using IngestPipeline.Records;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Cli;

public sealed class VerifyCommandTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public async Task InitializeAsync() => await CliRun.RunAsync("replay", Path.Combine(RepositoryRoot.Path, "samples"), "--out", _folder["out"], "--quiet");

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Says_what_is_wrong_and_what_a_repair_would_do_then_does_it()
    {
        var record = Directory.EnumerateFiles(_folder["out/records"], "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        var name = Path.GetRelativePath(_folder["out"], record).Replace('\\', '/');
        Cut(record);

        var told = await CliRun.RunAsync("verify", _folder["out"]);
        Assert.Equal(1, told.ExitCode);
        Assert.Equal($"{name}: the record is not what its article and the latest decision give", told.Lines[0]);
        Assert.Equal("    --repair would: write it anew from article and decision", told.Lines[1]);
        Assert.Contains("2 problems that --repair would mend.", told.Output, StringComparison.Ordinal);

        var repaired = await CliRun.RunAsync("verify", _folder["out"], "--repair");
        Assert.Equal(0, repaired.ExitCode);
        Assert.Contains("1 problem was repaired. The store is sound.", repaired.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await CliRun.RunAsync("verify", _folder["out"])).ExitCode);
    }

    [Fact]
    public async Task What_needs_a_person_is_counted_apart_and_nothing_else_is_blamed_for_it()
    {
        Cut(_folder[$"out/{StoreNames.DecisionManifest}"]);

        var told = await CliRun.RunAsync("verify", _folder["out"], "--repair");

        Assert.Equal(1, told.ExitCode);
        Assert.StartsWith($"{StoreNames.DecisionManifest}: it cannot be read: cut off or overwritten", told.Lines[0], StringComparison.Ordinal);
        Assert.Contains("1 problem that needs a person.", told.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Not decided about", told.Output, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.EnumerateFiles(_folder["out/records"], "*.json", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_something_else_put_among_the_records_is_named_and_left_alone()
    {
        var day = Directory.EnumerateDirectories(_folder["out/records"]).First();
        await File.WriteAllTextAsync(Path.Combine(day, "notes.txt"), "mine");

        var told = await CliRun.RunAsync("verify", _folder["out"], "--repair");

        Assert.Contains("notes.txt: this is no record, and nothing of this pipeline", told.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(day, "notes.txt")));
    }

    [Theory]
    [InlineData(StoreNames.DecisionManifest, "export", "{out}", "--format", "csv", "--out", "{csv}")]
    [InlineData(StoreNames.RollUpManifest, "report", "{out}", "--out", "{csv}")]
    [InlineData("rollups/2026-03-14.ndjson.gz", "export", "{out}", "--format", "ndjson", "--out", "{csv}")]
    [InlineData("changes/000000002.ndjson", "export", "{out}", "--format", "ndjson", "--since", "1", "--out", "{csv}")]
    public async Task Who_reads_what_is_damaged_gets_one_line_that_names_it(string damaged, params string[] args)
    {
        Cut(_folder["out/" + damaged]);

        var run = await CliRun.RunAsync(
            [.. args.Select(a => a.Replace("{out}", _folder["out"], StringComparison.Ordinal).Replace("{csv}", _folder["csv"], StringComparison.Ordinal))]);

        Assert.Equal(3, run.ExitCode);
        var line = Assert.Single(run.Error.TrimEnd().Split('\n'));
        Assert.Contains("is damaged", line, StringComparison.Ordinal);
        Assert.Contains("ingest verify", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Captures_are_read_when_that_is_asked_for()
    {
        var capture = _folder["out/capture/2026-03-14/120000-a.warc.gz"];
        Directory.CreateDirectory(Path.GetDirectoryName(capture)!);
        await File.WriteAllBytesAsync(
            capture,
            Archive.ArchiveFixture.Bytes(compress: true, Archive.ArchiveFixture.Page("https://x.test/a", Archive.ArchiveFixture.Day, new string('x', 5_000))));
        Assert.Equal(0, (await CliRun.RunAsync("verify", _folder["out"], "--captures")).ExitCode);
        Cut(capture);

        Assert.Equal(0, (await CliRun.RunAsync("verify", _folder["out"])).ExitCode);
        var told = await CliRun.RunAsync("verify", _folder["out"], "--captures", "--json");
        Assert.Equal(1, told.ExitCode);
        Assert.Equal("capture/2026-03-14/120000-a.warc.gz", JsonElement.Parse(told.Output).GetProperty("problems")[0].GetProperty("name").GetString());
    }

    private static void Cut(string file)
    {
        var bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..(bytes.Length / 2)]);
    }
}
