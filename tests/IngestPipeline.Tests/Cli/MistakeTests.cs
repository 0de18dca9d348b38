using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Cli;

/// <summary>Every error that a newcomer can make gives one clear line and a non-zero exit code, and no stack trace.</summary>
public sealed class MistakeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(2, "no such file", "replay", "nowhere.warc", "--out", "out")]
    [InlineData(2, "--out", "replay", "nowhere.warc")]
    [InlineData(2, "no such file", "dedupe", "nowhere.jsonl")]
    [InlineData(2, "no such file", "feeds", "parse", "--manifest", "nowhere.jsonl")]
    [InlineData(2, "no such file", "extract", "--manifest", "nowhere.jsonl", "--pages", ".")]
    [InlineData(2, "no such folder", "extract", "--manifest", "x.jsonl", "--pages", "nowhere")]
    [InlineData(2, "--pages", "extract", "--manifest", "x.jsonl")]
    [InlineData(2, "--manifest", "extract")]
    [InlineData(2, "'--colour' is not", "extract", "--colour", "x.html")]
    [InlineData(2, "'reply' is not", "reply")]
    [InlineData(2, "--workers", "extract", "--workers", "0", "x.html")]
    [InlineData(2, "--workers", "extract", "--workers", "many", "x.html")]
    [InlineData(3, "no store here", "verify", "nowhere")]
    [InlineData(3, "no store here", "report", "nowhere", "--out", "site")]
    [InlineData(3, "no store here", "search", "nowhere", "ferry")]
    [InlineData(3, "no store here", "upgrade", "nowhere")]
    [InlineData(3, "no store here", "forget", "nowhere", "https://a.example/1")]
    [InlineData(2, "Must be one of: 'auto', 'linked', 'all'. Try", "replay", "x.warc", "--out", "out", "--articles", "some")]
    public async Task One_line_says_what_is_wrong(int exitCode, string says, params string[] args)
    {
        var run = await CliRun.RunAsync(args);

        Assert.Equal(exitCode, run.ExitCode);
        OneLine(run.Error, says);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_missing_page_among_others_is_named_once()
    {
        var run = await CliRun.RunAsync("extract", "nowhere.html");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("nowhere.html: no such file; check the path", run.Error.Trim());
    }

    [Fact]
    public async Task A_file_that_is_no_archive_is_said_to_be_none()
    {
        var file = _folder["letter.docx"];
        await File.WriteAllTextAsync(file, "Dear reader");

        var run = await CliRun.RunAsync("replay", file, "--out", _folder["out"]);

        Assert.Equal(2, run.ExitCode);
        OneLine(run.Error, "letter.docx");
    }

    [Fact]
    public async Task An_empty_folder_is_no_archive()
    {
        Directory.CreateDirectory(_folder["empty"]);

        var run = await CliRun.RunAsync("replay", _folder["empty"], "--out", _folder["out"]);

        Assert.Equal(2, run.ExitCode);
        OneLine(run.Error, "empty");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        await File.WriteAllTextAsync(_folder["taken"], "a file");

        var run = await CliRun.RunAsync("replay", Path.Combine(RepositoryRoot.Path, "samples"), "--out", Path.Combine(_folder["taken"], "out"));

        Assert.Equal(3, run.ExitCode);
        OneLine(run.Error, "taken");
    }

    [Fact]
    public async Task An_azurite_that_is_not_running_is_said_to_be_so()
    {
        // Nothing listens on port 1 of the loopback.
        var store = "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Q0FOQVJZ;BlobEndpoint=http://127.0.0.1:1/devstoreaccount1;";

        var run = await CliRun.RunAsync("replay", Path.Combine(RepositoryRoot.Path, "samples"), "--out", store);

        Assert.Equal(3, run.ExitCode);
        OneLine(run.Error, "127.0.0.1:1");
        Assert.DoesNotContain("Q0FOQVJZ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_of_other_rules_is_refused_with_the_way_out()
    {
        await File.WriteAllTextAsync(_folder["store.json"], """{"schema":"store/1","pipelineVersion":"2-000000000000","prefix":"","earlier":[]}""");

        var run = await CliRun.RunAsync("replay", Path.Combine(RepositoryRoot.Path, "samples"), "--out", _folder.Path);

        Assert.Equal(4, run.ExitCode);
        OneLine(run.Error, "--new-run");
    }

    public void Dispose() => _folder.Dispose();

    private static void OneLine(string error, string says)
    {
        Assert.Single(error.Trim().Split('\n'));
        Assert.StartsWith("ingest: ", error, StringComparison.Ordinal);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", error, StringComparison.Ordinal);
    }
}
