using System.Text.Json;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Pipeline.Backfill;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Cli;

public sealed class BackfillCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Replays_an_archive_of_the_store_and_says_what_came_of_it()
    {
        BackfillWork.Archive(Path.Combine(_folder["store"], "archive"));

        var run = await CliRun.RunAsync("backfill", _folder["store"], "--archive", "archive/", "--workers", "3");

        // One file is cut off.
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(run.Lines, l => l.StartsWith("articles", StringComparison.Ordinal) && l.EndsWith(" 17", StringComparison.Ordinal));
        Assert.Contains(run.Lines, l => l.StartsWith("places not readable", StringComparison.Ordinal));
        Assert.Contains("is current in", run.Lines[^1], StringComparison.Ordinal);
        Assert.Contains("extracts 17 articles", run.Error, StringComparison.Ordinal);
        Assert.NotEmpty(ReplayRun.Records(_folder["store"]));
        Assert.Equal(0, (await CliRun.RunAsync("verify", _folder["store"])).ExitCode);
    }

    [Fact]
    public async Task A_detached_start_is_worked_off_by_whoever_comes_next()
    {
        BackfillWork.Archive(Path.Combine(_folder["store"], "archive"));

        var started = JsonElement.Parse((await CliRun.RunAsync("backfill", _folder["store"], "--archive", "archive/", "--detach", "--json")).Output);
        Assert.False(Directory.Exists(Path.Combine(_folder["store"], "records")));
        var done = JsonElement.Parse((await CliRun.RunAsync("backfill", _folder["store"], "--archive", "archive/", "--json", "--quiet")).Output);

        Assert.Equal(started.GetProperty("id").GetString(), done.GetProperty("id").GetString());
        Assert.Equal("done", done.GetProperty("phase").GetString());
    }

    [Theory]
    [InlineData("say what to replay", "backfill", "{store}")]
    [InlineData("say what to replay", "backfill", "{store}", "--own-captures", "--archive", "x/")]
    [InlineData("holds no WARC file under capture/", "backfill", "{store}", "--own-captures")]
    [InlineData("no prefix of names in the store", "backfill", "{store}", "--archive", "../x")]
    [InlineData("--workers takes a number from 1 to 32", "backfill", "{store}", "--own-captures", "--workers", "0")]
    public async Task A_mistake_is_one_clear_line(string says, params string[] args)
    {
        Directory.CreateDirectory(_folder["store"]);

        var run = await CliRun.RunAsync([.. args.Select(a => a.Replace("{store}", _folder["store"], StringComparison.Ordinal))]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(says, Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
