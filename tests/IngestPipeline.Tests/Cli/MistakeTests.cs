using System.IO.Pipes;
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
    public async Task A_pipe_and_an_empty_file_are_no_archive_and_it_says_what_to_do()
    {
        // A shell's pipe has a path under /proc there.
        if (!OperatingSystem.IsLinux())
            return;
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        var empty = _folder["empty.warc.gz"];
        await File.WriteAllTextAsync(empty, "");

        foreach (var path in (string[])[$"/proc/self/fd/{pipe.SafePipeHandle.DangerousGetHandle()}", empty])
        {
            var run = await CliRun.RunAsync("replay", path, "--out", _folder["out"]);

            Assert.Equal(2, run.ExitCode);
            OneLine(run.Error, "save what a pipe gives in a file first");
        }
    }

    [Fact]
    public async Task A_file_that_is_no_archive_is_said_to_be_none()
    {
        var file = _folder["letter.docx"];
        await File.WriteAllTextAsync(file, "Dear reader");

        var run = await CliRun.RunAsync("replay", file, "--out", _folder["out"]);

        Assert.Equal(2, run.ExitCode);
        OneLine(run.Error, "letter.docx");
        Assert.False(Directory.Exists(_folder["out"]));
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

    [Theory]
    [InlineData("dedupe", "x")]
    [InlineData("extract", "x")]
    [InlineData("explain", "x")]
    [InlineData("compare", "x", "y")]
    [InlineData("compare", "--pairs", "x")]
    [InlineData("feeds", "parse", "x")]
    [InlineData("feeds", "parse", "--manifest", "x")]
    public async Task What_is_read_is_never_written_over(params string[] args)
    {
        await File.WriteAllTextAsync(_folder["x"], "precious");
        await File.WriteAllTextAsync(_folder["y"], "precious");

        var run = await CliRun.RunAsync([.. args.Select(a => a is "x" or "y" ? _folder[a] : a), "--out", Path.Combine(_folder.Path, ".", "x")]);

        Assert.Equal(2, run.ExitCode);
        OneLine(run.Error, "name another file for --out");
        Assert.Equal("precious", await File.ReadAllTextAsync(_folder["x"]));
    }

    [Theory]
    [InlineData("explain", "page.html")]
    [InlineData("extract", "page.html")]
    [InlineData("compare", "page.html", "page.html")]
    [InlineData("dedupe", "docs.jsonl")]
    [InlineData("feeds", "export", "--feeds", "feeds.json")]
    public async Task An_output_that_cannot_be_written_is_named_with_the_option_to_change(params string[] args)
    {
        await File.WriteAllTextAsync(
            _folder["page.html"], "<title>T</title><p>" + string.Concat(Enumerable.Repeat("The council met again on Friday night. ", 20)));
        await File.WriteAllTextAsync(_folder["docs.jsonl"], """{"id":"a","text":"Some text."}""");
        await File.WriteAllTextAsync(_folder["feeds.json"], """{"feeds":["https://a.example/"]}""");
        Directory.CreateDirectory(_folder["folder"]);
        args = [.. args.Select(a => a.Contains('.', StringComparison.Ordinal) ? _folder[a] : a)];

        var below = await CliRun.RunAsync([.. args, "--out", Path.Combine(_folder["page.html"], "out")]);
        var folder = await CliRun.RunAsync([.. args, "--out", _folder["folder"]]);

        Assert.Equal((2, 2), (below.ExitCode, folder.ExitCode));
        OneLine(below.Error, "choose another --out");
        OneLine(folder.Error, "is a folder; name a file for --out");
        Assert.Equal(4, Directory.GetFileSystemEntries(_folder.Path).Length);
    }

    [Fact]
    public async Task A_feeds_file_that_cannot_be_written_is_named()
    {
        await File.WriteAllTextAsync(_folder["taken"], "a file");

        var below = await CliRun.RunAsync("feeds", "add", "https://a.example/", "--feeds", Path.Combine(_folder["taken"], "feeds.json"));
        var folder = await CliRun.RunAsync("feeds", "add", "https://a.example/", "--feeds", _folder.Path);

        Assert.Equal((2, 2), (below.ExitCode, folder.ExitCode));
        OneLine(below.Error, "choose another --feeds");
        OneLine(folder.Error, "is a folder; name a file for --feeds");
    }

    [Fact]
    public async Task A_report_in_an_impossible_place_is_told_to_go_elsewhere()
    {
        await CliRun.RunAsync("replay", Path.Combine(RepositoryRoot.Path, "samples"), "--out", _folder["out"], "--quiet");
        await File.WriteAllTextAsync(_folder["taken"], "a file");

        var run = await CliRun.RunAsync("report", _folder["out"], "--out", Path.Combine(_folder["taken"], "site"), "--quiet");

        Assert.Equal(3, run.ExitCode);
        OneLine(run.Error, "name another");
    }

    [Fact]
    public async Task An_export_makes_its_folder_and_is_told_what_is_no_place_for_it()
    {
        await CliRun.RunAsync("replay", Path.Combine(RepositoryRoot.Path, "samples"), "--out", _folder["out"], "--quiet");
        await File.WriteAllTextAsync(_folder["letter.txt"], "Dear reader, this is no database, however long one looks at it.");

        var made = await CliRun.RunAsync("export", _folder["out"], "--format", "csv", "--out", _folder["new/x.csv"], "--quiet");
        var folder = await CliRun.RunAsync("export", _folder["out"], "--format", "sqlite", "--out", _folder["out"], "--quiet");
        var letter = await CliRun.RunAsync("export", _folder["out"], "--format", "sqlite", "--since", "0", "--out", _folder["letter.txt"], "--quiet");

        Assert.Equal((0, 2, 3), (made.ExitCode, folder.ExitCode, letter.ExitCode));
        Assert.True(File.Exists(_folder["new/x.csv"]));
        OneLine(folder.Error, "is a folder; name a file for --out");
        OneLine(letter.Error, "a file of another kind");
    }

    [Fact]
    public async Task A_replay_into_its_own_archive_and_one_of_what_a_replay_wrote_are_refused()
    {
        Directory.CreateDirectory(_folder["archive"]);
        await File.WriteAllTextAsync(_folder["archive/page.html"], "<title>T</title><p>The council met again on Friday night.");

        var into = await CliRun.RunAsync("replay", _folder["archive"], "--out", _folder["archive/out"]);
        var beside = await CliRun.RunAsync("replay", _folder["archive"], "--out", _folder["archive-out"], "--quiet");
        var written = await CliRun.RunAsync("replay", _folder["archive-out"], "--out", _folder["again"]);

        Assert.Equal((2, 0, 2), (into.ExitCode, beside.ExitCode, written.ExitCode));
        OneLine(into.Error, "name a folder outside");
        OneLine(written.Error, "holds no captures");
        Assert.Single(Directory.GetFileSystemEntries(_folder["archive"]));
    }

    [Fact]
    public async Task A_new_configuration_is_not_made_in_a_file()
    {
        await File.WriteAllTextAsync(_folder["taken"], "a file");

        var run = await CliRun.RunAsync("init", _folder["taken"]);

        Assert.Equal(2, run.ExitCode);
        OneLine(run.Error, "is a file; name a folder");
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
