using System.Diagnostics;
using System.Globalization;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Hosting;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Fetching;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Pipeline.Live;
using IngestPipeline.Tests.Storage;
using Xunit.Abstractions;

namespace IngestPipeline.Tests.Cli;

/// <summary>
/// The real process over real sockets, killed (<c>kill -9</c>, now and then <c>kill -TERM</c>) at random moments and started again: every article comes out
/// once, the store is sound, and a replay of what was captured gives the same bytes.
/// </summary>
public sealed class KillTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Sites = 16;

    private readonly TemporaryFolder _folder = new();
    private readonly List<LoopbackSite> _sites = [];
    private readonly List<FeedSettings> _feeds = [];
    private int _published;

    public async Task InitializeAsync()
    {
        for (var n = 0; n < Sites; n++)
            _sites.Add(await LoopbackSite.StartAsync());
    }

    public async Task DisposeAsync()
    {
        foreach (var site in _sites)
            await site.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public Task A_process_that_is_killed_a_few_times_loses_and_doubles_nothing() => KillAsync(seed: 1, rounds: 4);

    [OnDemandFact]
    [Trait("Speed", "Slow")]
    public Task A_process_that_is_killed_again_and_again_loses_and_doubles_nothing() => KillAsync(
        seed: int.TryParse(Environment.GetEnvironmentVariable("INGEST_KILL_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 1,
        rounds: int.TryParse(Environment.GetEnvironmentVariable("INGEST_KILL_ROUNDS"), CultureInfo.InvariantCulture, out var rounds) ? rounds : 40);

    private async Task KillAsync(int seed, int rounds)
    {
        var random = new Random(seed);
        for (var round = 0; round < rounds; round++)
        {
            if (round % 10 == 0)
                await PublishAsync();
            using var process = Start(
                "run", "--store", _folder["store"], "--feeds", _folder["feeds.json"], "--allow-host", "127.0.0.1", "--contact", "ops@post.example", "--quiet");
            await Task.Delay(random.Next(700, 5_000));
            Assert.False(process.HasExited, process.Error);
            // Every third is asked to end, as a service manager asks, and ends what it has begun.
            if (round % 3 == 2)
                process.TerminateNow();
            else
                process.KillNow();
            await process.EndAsync();
        }

        // Left alone, it does what is left; that it does not wait for the claims of the dead is a matter of TakeOverTests.
        var left = Stopwatch.StartNew();
        // On a busy machine none of the dead may have come as far as taking the list of feeds over.
        await RunAsync(
            "run", "--store", _folder["store"], "--feeds", _folder["feeds.json"], "--allow-host", "127.0.0.1", "--contact", "ops@post.example", "--once",
            "--wait", "300");

        var records = ReplayRun.Records(_folder["store"]);
        Assert.Equal(_published, records.Select(r => r.GetProperty("url").GetString()).Distinct().Count());
        Assert.Equal(_published, records.Count);
        Assert.All(records, r => Assert.Equal("page", r.GetProperty("textFrom").GetString()));
        await RunAsync("verify", _folder["store"]);
        await RunAsync("replay", _folder["store"], "--out", _folder["again"], "--quiet");
        Assert.Equal(
            await LivePipeline.WrittenAsync(new FolderBlobStore(_folder["store"])), await LivePipeline.WrittenAsync(new FolderBlobStore(_folder["again"])));
        output.WriteLine($"seed {seed}: {rounds} kills, {records.Count} articles, the rest in {left.Elapsed.TotalSeconds:0} s");
    }

    /// <summary>One more article on each site, in a feed of its own: one that was polled is not due again within the test.</summary>
    private async Task PublishAsync()
    {
        for (var n = 0; n < Sites; n++)
        {
            var (site, number, path, title) = (_sites[n], _published, $"/story-{_published}", $"Story {_published}");
            _published++;
            site.Page(path, TestWeb.ArticleHtml(title, TestWeb.Story(number)));
            site.Page(
                path + ".xml",
                $"<rss version=\"2.0\"><channel><title>Site {n}</title><link>{site.Root}</link><description>d</description><item><title>{title}</title><link>{site.Url(path)}</link><guid>{path}</guid></item></channel></rss>",
                "application/rss+xml");
            _feeds.Add(new() { Url = site.Url(path + ".xml") });
        }

        await File.WriteAllBytesAsync(_folder["feeds.json"], FeedListWriter.Write(new([.. _feeds])).ToArray());
    }

    private static async Task RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var run = await process.EndAsync();
        Assert.True(run.ExitCode == 0, $"ingest {arguments[0]} ended with {run.ExitCode}:\n{run.Output}\n{run.Error}");
    }

    private static CliProcess Start(params string[] arguments) => CliProcess.Start(
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [SettingNames.PollSchedule] = "*/3 * * * * *",
            [SettingNames.DeduplicateSchedule] = "*/2 * * * * *",
            [SettingNames.Rechecks] = "none",
        },
        arguments);
}
