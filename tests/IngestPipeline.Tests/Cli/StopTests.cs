using System.Diagnostics;
using IngestPipeline.Cli;
using IngestPipeline.Cli.Consoles;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Tests.Fetching;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Cli;

/// <summary>Ctrl-C and requests to end: every command ends in order and says so in one line, and a second one ends it at once.</summary>
public sealed class StopTests : IDisposable
{
    private const string Stopped = "ingest: stopped. What was finished is kept; run the same command again to go on.";

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("feeds", "list", "--feeds", "-")]
    [InlineData("feeds", "import", "-", "--feeds", "{folder}/feeds.json")]
    [InlineData("extract", "-")]
    public async Task A_command_that_waits_for_its_input_ends_with_one_line(params string[] command)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var process = CliProcess.Start([.. command.Select(InFolder)]);
        for (var since = Stopwatch.StartNew(); !process.HasExited && !process.IsListening && since.Elapsed < TimeSpan.FromSeconds(30);)
            await Task.Delay(20);
        process.InterruptNow();
        var run = await process.EndAsync();

        Assert.Equal((130, Stopped, ""), (run.ExitCode, run.Error.Trim(), run.Output));
    }

    [Theory]
    [InlineData("feeds", "list", "--feeds", "{folder}/pipe")]
    [InlineData("dedupe", "{folder}/pipe")]
    [InlineData("extract", "{folder}/pipe")]
    [InlineData("explain", "{folder}/pipe")]
    public async Task A_named_pipe_that_nobody_writes_to_is_not_waited_for(params string[] command)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using (var make = Process.Start("mkfifo", _folder["pipe"]))
            await make.WaitForExitAsync();
        await using var error = new StringWriter();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        var code = await Task.Run(() => IngestCli.RunAsync(
            [.. command.Select(InFolder)], new Terminal(Stream.Null, Stream.Null, error, errorIsTerminal: false, outputIsTerminal: false), stop.Token))
            .WaitAsync(TimeSpan.FromSeconds(40));

        Assert.Equal((130, Stopped), (code, error.ToString().Trim()));
    }

    [Fact]
    public async Task The_second_request_ends_a_run_at_once()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await using var site = await LoopbackSite.StartAsync();
        var isAsked = new TaskCompletionSource();
        site.On("/feed.xml", async context =>
        {
            isAsked.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await File.WriteAllBytesAsync(_folder["feeds.json"], FeedListWriter.Write(new([new() { Url = site.Url("/feed.xml") }])).ToArray());
        using var process = CliProcess.Start(
            "run", "--store", _folder["store"], "--feeds", _folder["feeds.json"], "--allow-host", "127.0.0.1", "--quiet");
        await isAsked.Task;
        process.TerminateNow();
        // What is under way has some seconds to end.
        await Task.Delay(TimeSpan.FromSeconds(1));
        process.TerminateNow();
        var run = await process.EndAsync();

        Assert.Equal((130, "ingest: stopped at once. What was finished is kept; run the same command again to go on."), (run.ExitCode, run.Error.Trim().Split('\n')[^1]));
    }

    public void Dispose() => _folder.Dispose();

    private string InFolder(string argument) => argument.Replace("{folder}", _folder.Path, StringComparison.Ordinal);
}
