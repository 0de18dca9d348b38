using IngestPipeline.Feeds.Lists;
using IngestPipeline.Queues;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;
using IngestPipeline.Verification;
using Xunit.Abstractions;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>
/// A short soak under a clock of its own: feeds publish, web and store fail by turns, and the process starts anew every 25 minutes. The long one is a
/// command of the benchmarks.
/// </summary>
[Collection(Name)]
public sealed class SoakTests : IDisposable
{
    private const string Name = "alone";
    private const int Feeds = 30;
    private const int Lives = 6;
    private const int Ticks = 5;

    // After so many lives all that is loaded once is loaded.
    private const int Warm = 3;

    // What is alive then may grow by so much, however many articles come.
    private const long Flat = 16 << 20;

    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private readonly ITestOutputHelper _output;
    private readonly TemporaryFolder _folder = new();
    private readonly TestClock _time = new();
    private readonly WorkQueues _queues;
    private readonly LoadWeb _web;
    private readonly LoadStore _store;

    public SoakTests(ITestOutputHelper output)
    {
        _output = output;
        _queues = WorkQueues.InFolder(_folder["queues"], _time);
        _web = new(Feeds, _time, TimeSpan.Zero);
        _store = new(new FolderBlobStore(_folder["store"]));
    }

    public void Dispose()
    {
        _queues.Dispose();
        _web.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Nothing_is_lost_or_unlike_its_replay_and_memory_stays_flat_while_web_and_store_fail()
    {
        var random = new Random(1);
        var feeds = new FeedList([.. _web.Feeds.Select(f => new FeedSettings { Url = f })]);
        var alive = new List<long>();
        for (var life = 0; life < Lives; life++)
        {
            await using var live = await StartAsync(feeds);
            (_web.FailsPerMille, _store.FailsPerMille) = (random.Next(20, 60), random.Next(3, 8));
            for (var tick = 0; tick < Ticks; tick++)
            {
                for (var n = 0; n < 4; n++)
                    _web.Publish(random.Next(Feeds));
                await TickAsync(live);
            }

            (_web.FailsPerMille, _store.FailsPerMille) = (0, 0);
            alive.Add(GC.GetTotalMemory(forceFullCollection: true));
        }

        await using var last = await StartAsync(feeds);
        for (var left = 100; left > 0 && (await last.LedgerAsync()).Ended < _web.Published; left--)
            await TickAsync(last);

        _output.WriteLine(
            $"{_web.Published} published, {_web.Requests} requests, {_store.Failures} failures of the store; alive in megabytes: {string.Join(", ", alive.Select(a => a >> 20))}");

        var report = await new StoreVerifier(_store.Inner, _time).RunAsync(repair: false, default);
        Assert.Empty(report.Problems.Select(p => $"{p.Invariant}: {p.Name}: {p.What}"));
        Assert.Equal((_web.Published, 0L, 0), (report.Records, report.Pending, report.Quarantined));
        Assert.True(_store.Failures > 10, $"{_store.Failures} calls of the store failed");
        Assert.InRange(_web.MostAtOnceOfAHost, 1, 1);
        Assert.InRange(alive[^1], 1, alive[Warm - 1] + Flat);
        var again = new InMemoryBlobStore();
        await last.ReplayAsync(again, _folder["replay"], feeds);
        Assert.Equal(await LivePipeline.WrittenAsync(last.Store), await LivePipeline.WrittenAsync(again));
    }

    private async Task<LivePipeline> StartAsync(FeedList feeds)
    {
        // No message is set aside because the store failed by chance five times in a row.
        var live =
            new LivePipeline(_store, _queues.Queue, "h0.example", _time, o => o with { Live = o.Live with { Rechecks = [], MaxDeliveries = 20 } }, web: _web);
        await live.StartAsync(feeds);
        return live;
    }

    // What fails comes again: a timer runs at the next tick, a message is delivered again.
    private async Task TickAsync(LivePipeline live)
    {
        try
        {
            await live.TickAsync();
        }
        catch (StorageException)
        {
        }

        _time.Advance(Step);
    }

    /// <summary>Runs when nothing else does: what is alive is this test's own.</summary>
    [CollectionDefinition(Name, DisableParallelization = true)]
    public sealed class Alone;
}
