using IngestPipeline.Feeds.Lists;
using IngestPipeline.Hosting;
using IngestPipeline.Tests.Fetching;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Cli;

/// <summary><c>ingest run</c> as a real process: what it does, how it stops, and the one line that a mistake gets.</summary>
public sealed class RunProcessTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string?> Plain =
        new(StringComparer.Ordinal) { [SettingNames.PollSchedule] = null, [SettingNames.Store] = null, ["INGEST_AZURITE"] = null };

    private readonly TemporaryFolder _folder = new();
    private LoopbackSite _site = null!;

    public async Task InitializeAsync()
    {
        _site = await LoopbackSite.StartAsync();
        _site.On("/feed.xml", context =>
        {
            context.Response.ContentType = "application/rss+xml";
            return context.Response.Body.WriteAsync(
                "<rss version=\"2.0\"><channel><title>The Post</title><item><title>Ferry</title><link>/ferry</link></item></channel></rss>"u8.ToArray())
                .AsTask();
        });
        _site.On("/ferry", context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(TestWeb.ArticleHtml("Ferry", TestWeb.Story(3)))).AsTask();
        });
        await File.WriteAllBytesAsync(_folder["feeds.json"], FeedListWriter.Write(new([new() { Url = _site.Url("/feed.xml") }])).ToArray());
    }

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Once_polls_fetches_decides_and_ends_with_a_summary()
    {
        var run = await CliProcess.RunAsync(Plain, [.. Arguments(), "--once", "--wait", "1"]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains("follows 1 feed into", run.Error, StringComparison.Ordinal);
        Assert.Equal("Ferry", Assert.Single(ReplayRun.Records(_folder["store"])).GetProperty("title").GetProperty("value").GetString());
        Assert.Contains(run.Lines, l => l.StartsWith("records: ", StringComparison.Ordinal));
        Assert.DoesNotContain("no feed was due", run.Error, StringComparison.Ordinal);

        var soon = await CliProcess.RunAsync(Plain, [.. Arguments(), "--once", "--wait", "1"]);
        Assert.True(soon.ExitCode == 0, soon.Error);
        Assert.Contains("no feed was due; the next one is at 20", soon.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Once_says_so_and_fails_when_no_feed_could_be_read()
    {
        _site.On("/feed.xml", context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });

        var run = await CliProcess.RunAsync(Plain, [.. Arguments(), "--once", "--wait", "1"]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("no feed that was due could be read", run.Error, StringComparison.Ordinal);
        Assert.Contains(run.Lines, l => l.Contains("404", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ctrl_C_ends_it_with_a_summary_and_another_run_goes_on()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var process = CliProcess.Start(Plain, Arguments());
        while (!process.HasExited && !process.Error.Contains("Ctrl-C stops it", StringComparison.Ordinal))
            await Task.Delay(50);
        process.InterruptNow();
        var stopped = await process.EndAsync();

        Assert.True(stopped.ExitCode == 0, stopped.Error);
        Assert.Contains(stopped.Lines, l => l.StartsWith("pending", StringComparison.Ordinal));
        var after = await CliProcess.RunAsync(Plain, [.. Arguments(), "--once", "--wait", "1"]);
        Assert.True(after.ExitCode == 0, after.Error);
    }

    [Theory]
    [InlineData(2, "six fields", SettingNames.PollSchedule, "* * * * *", "run", "--store", "{store}", "--feeds", "{feeds}")]
    [InlineData(2, "no store is named", "UNUSED", null, "run", "--feeds", "{feeds}")]
    [InlineData(2, "no list of feeds to follow", "UNUSED", null, "run", "--store", "{store}")]
    [InlineData(
        3, "", "INGEST_AZURITE",
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Q0FOQVJZ;BlobEndpoint=http://127.0.0.1:9/devstoreaccount1;QueueEndpoint=http://127.0.0.1:9/devstoreaccount1;",
        "run", "--store", "azurite", "--feeds", "{feeds}")]
    [InlineData(3, "", "UNUSED", null, "run", "--store", "{feeds}/inside", "--feeds", "{feeds}")]
    public async Task A_mistake_is_one_clear_line(int code, string says, string variable, string? value, params string[] args)
    {
        var environment = new Dictionary<string, string?>(Plain, StringComparer.Ordinal) { [variable] = value };

        var run = await CliProcess.RunAsync(
            environment,
            [.. args.Select(a => a.Replace("{store}", _folder["store"], StringComparison.Ordinal).Replace("{feeds}", _folder["feeds.json"], StringComparison.Ordinal))]);

        Assert.True(run.ExitCode == code, $"{run.ExitCode}: {run.Error}");
        var line = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("ingest: ", line, StringComparison.Ordinal);
        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.DoesNotContain("Q0FOQVJZ", line, StringComparison.Ordinal);
    }

    private string[] Arguments() =>
        ["run", "--store", _folder["store"], "--feeds", _folder["feeds.json"], "--allow-host", "127.0.0.1", "--contact", "ops@post.example"];
}
