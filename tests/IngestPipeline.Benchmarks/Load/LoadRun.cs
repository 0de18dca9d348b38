using System.Diagnostics;
using System.Globalization;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Fetching;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Queues;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Verification;
using Microsoft.Extensions.DependencyInjection;

namespace IngestPipeline.Benchmarks.Load;

/// <summary>
/// The live pipeline as <c>ingest run</c> runs it, on a folder with its queues and over a web in process, for as long as it is asked to. <c>soak</c>:
/// feeds publish, services and web fail, the run is stopped and started; then it is left alone, and everything must be there. <c>burst</c>: all
/// feeds publish at once, and it must drain steadily, politely and in bounded memory.
/// </summary>
internal sealed class LoadRun : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ingest-load-").FullName;
    private readonly TextWriter _output;
    private readonly LoadWeb _web;
    private readonly LoadStore _store;
    private readonly TimeSpan _gap;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<(double Minute, long Records, long Memory)> _samples = [];

    private LoadRun(int hosts, TimeSpan gap, TextWriter output)
    {
        (_output, _gap) = (output, gap);
        _web = new(hosts, TimeProvider.System, TimeSpan.FromMilliseconds(20));
        _store = new(new FolderBlobStore(_folder));
    }

    /// <summary><c>soak [--minutes 30] [--feeds 1000] [--seed 1]</c></summary>
    public static async Task<int> SoakAsync(string[] args, TextWriter output)
    {
        var (minutes, feeds) = (Options.Number(args, "--minutes", 30), (int)Options.Number(args, "--feeds", 1000));
        await using var run = new LoadRun(feeds, TimeSpan.FromSeconds(1), output);
        return await run.SoakAsync(TimeSpan.FromMinutes(minutes), feeds, (int)Options.Number(args, "--seed", 1)) ? 0 : 1;
    }

    /// <summary><c>burst [--entries 50000] [--hosts 500] [--gap 5]</c></summary>
    public static async Task<int> BurstAsync(string[] args, TextWriter output)
    {
        var (entries, hosts) = ((int)Options.Number(args, "--entries", 50_000), (int)Options.Number(args, "--hosts", 500));
        await using var run = new LoadRun(hosts, TimeSpan.FromSeconds(Options.Number(args, "--gap", 1)), output);
        for (var n = 0; n < entries; n++)
            run._web.Publish(n % hosts);
        return await run.DrainAsync() ? 0 : 1;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        _web.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> SoakAsync(TimeSpan length, int feeds, int seed)
    {
        var random = new Random(seed);
        await FollowAsync();
        var lives = 0;
        while (_clock.Elapsed < length)
        {
            // A life of some minutes, with a share of calls that fail.
            (_web.FailsPerMille, _store.FailsPerMille) = (random.Next(0, 60), random.Next(0, 3));
            var life = TimeSpan.FromSeconds(random.Next(60, 300));
            var end = _clock.Elapsed + life < length ? _clock.Elapsed + life : length;
            lives++;
            await LiveAsync(() => _clock.Elapsed >= end, () =>
            {
                for (var n = 0; n < 3; n++)
                    _web.Publish(random.Next(feeds));
            });
        }

        (_web.FailsPerMille, _store.FailsPerMille) = (0, 0);
        var left = _clock.Elapsed;
        await LiveAsync(() => _samples.Count > 0 && _samples[^1].Records >= _web.Published || _clock.Elapsed > left + TimeSpan.FromMinutes(45), () => { });
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{lives} lives, {_store.Failures} failures of the store, {_web.Requests} requests; the backlog was gone {(_clock.Elapsed - left).TotalMinutes:F1} minutes after the last fault");
        _output.WriteLine(line);
        return await SumUpAsync();
    }

    private async Task<bool> DrainAsync()
    {
        await FollowAsync();
        await LiveAsync(() => _samples.Count > 0 && _samples[^1].Records >= _web.Published || _clock.Elapsed > TimeSpan.FromHours(2), () => { });
        var rates = _samples.Zip(
            _samples.Skip(1), (a, b) => (b.Records - a.Records) / ((b.Minute - a.Minute) * 60)).Where(r => r > 0).Skip(1).SkipLast(1).Order().ToList();
        if (rates.Count > 0)
            _output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"articles a second, over 10 seconds each: least {rates[0]:F0}, median {rates[rates.Count / 2]:F0}, most {rates[^1]:F0}"));
        return await SumUpAsync();
    }

    // One life of the process, as a host runs it: until it is over, then it has its seconds to end.
    private async Task LiveAsync(Func<bool> isOver, Action everySecond)
    {
        await using var services = Services();
        var run = services.GetRequiredService<LiveRun>();
        run.Problem = _ => { };
        using var stop = new CancellationTokenSource();
        await RetryAsync(() => run.PrepareAsync(stop.Token));
        var running = run.RunAsync(32, stop.Token);
        for (var second = 0; !isOver() && !running.IsCompleted; second++)
        {
            everySecond();
            await Task.Delay(TimeSpan.FromSeconds(1));
            if (second % 10 == 9)
                await SampleAsync();
        }

        await stop.CancelAsync();
        // Five failures of the store in a row end a run, as they should; it is then started again.
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SampleAsync()
    {
        var records = await _store.Inner.ReadAsync(Records.StoreNames.Ledger) is { } ledger ? LiveLedger.Read(ledger.Content.Span).Total : 0;
        _samples.Add((_clock.Elapsed.TotalMinutes, records, GC.GetTotalMemory(forceFullCollection: true)));
        if (_samples.Count % 6 == 0)
            _output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_clock.Elapsed.TotalMinutes,6:F1} min  {_web.Published,6} published  {records,6} ended  {_samples[^1].Memory / 1048576.0,6:F0} MB alive  {Environment.WorkingSet / 1048576.0,6:F0} MB resident"));
    }

    private async Task<bool> SumUpAsync()
    {
        var report = await new StoreVerifier(_store.Inner, TimeProvider.System).RunAsync(repair: false, default);
        foreach (var problem in report.Problems.Take(10))
            _output.WriteLine($"{problem.Invariant}: {problem.Name}: {problem.What}");
        var peak = _samples.Count > 0 ? _samples.Max(s => s.Memory) / 1048576.0 : 0;
        var isSound = report.Problems.Count == 0 && report.Records == _web.Published && report.Pending == 0;
        _output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{_web.Published} published, {report.Records} records, {report.Pending} pending, {report.Quarantined} set aside, {report.Problems.Count} problems: {(isSound ? "sound" : "NOT SOUND")}"));
        _output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"most alive {peak:F0} MB ({peak * 1024 / Math.Max(1, _web.Published):F0} kB an article); {_web.MostAtOnce} requests at once at most, {_web.MostAtOnceOfAHost} to one host; smallest gap {_web.SmallestGap.TotalSeconds:F2} s, asked for {_gap.TotalSeconds:F2} s"));
        return isSound && _web.MostAtOnceOfAHost <= 1;
    }

    private Task FollowAsync() =>
        _store.Inner.CreateAsync(FeedList.StoreName, FeedListWriter.Write(new([.. _web.Feeds.Select(f => new FeedSettings { Url = f })])));

    private static async Task RetryAsync(Func<Task> work)
    {
        for (var left = 20; ; left--)
        {
            try
            {
                await work();
                return;
            }
            catch (StorageException) when (left > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private ServiceProvider Services()
    {
        var options = new IngestOptions
        {
            Store = _folder,
            PollSchedule = "*/5 * * * * *",
            DeduplicateSchedule = "*/5 * * * * *",
            Fetching = new FetchOptions { Contact = "ops@post.example", HostGap = _gap },
            Polling = new PollOptions { Base = TimeSpan.FromSeconds(15), Floor = TimeSpan.FromSeconds(30), Ceiling = TimeSpan.FromMinutes(2), Backoff = TimeSpan.FromSeconds(30), Cap = TimeSpan.FromMinutes(4) },
            Live = new() { Rechecks = [], Settle = TimeSpan.FromSeconds(1), Spread = _gap, Backoff = TimeSpan.FromSeconds(15), Claim = TimeSpan.FromMinutes(2), Overdue = TimeSpan.FromMinutes(5), Batches = 40 },
        };
        return new ServiceCollection()
            .AddSingleton<IBlobStore>(_store)
            .AddSingleton(_ => WorkQueues.InFolder(_folder, TimeProvider.System))
            .AddSingleton(_ => LiveWeb.Create(_store, options.Fetching, TimeProvider.System, new Shared(_web)))
            .AddIngestPipeline(options)
            .BuildServiceProvider();
    }

    // The web outlives the process that asks it.
    private sealed class Shared(HttpMessageHandler web) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _web = new(web, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _web.SendAsync(request, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            _web.Dispose();
            base.Dispose(disposing);
        }
    }
}
