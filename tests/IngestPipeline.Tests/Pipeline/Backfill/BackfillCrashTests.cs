using IngestPipeline.Pipeline.Backfill;
using IngestPipeline.Queues;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Pipeline.Live;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline.Backfill;

/// <summary>A worker that dies at any of its effects, and one that starts after it: the run is the one of a replay, and nothing is left over.</summary>
public sealed class BackfillCrashTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SortedDictionary<string, string>? _expected;

    [Fact]
    public async Task A_worker_that_died_at_some_effect_is_taken_over_and_the_bytes_are_the_same() => await DieAsync(step: 7);

    [OnDemandFact]
    [Trait("Category", "Slow")]
    public async Task A_worker_that_died_at_any_effect_is_taken_over_and_the_bytes_are_the_same() => await DieAsync(step: 1);

    public void Dispose() => _folder.Dispose();

    private async Task DieAsync(int step)
    {
        var effects = await RunAsync("whole", 0, false);
        Assert.True(effects > 60, $"only {effects} effects");
        for (var at = 1; at <= effects; at += step)
        {
            await RunAsync($"died-{at}", at, afterEffect: at % 2 == 0);
            if (step == 1)
                await RunAsync($"died-{at}-b", at, afterEffect: at % 2 == 1);
        }
    }

    private async Task<int> RunAsync(string name, int at, bool afterEffect)
    {
        var archive = Path.Combine(_folder[name], "archive");
        Directory.CreateDirectory(archive);
        for (var file = 0; file < 3; file++)
        {
            var web = new TestWeb().Feed($"https://p{file}.example/feed", file * 20, ("A", $"https://p{file}.example/a"), ("B", $"https://p{file}.example/b"));
            web.Article(
                $"https://p{file}.example/a", file * 20 + 1, "A",
                TestWeb.Story(1)).Article($"https://p{file}.example/b", file * 20 + 1, "B", TestWeb.Story(file + 10));
            web.Save(Path.Combine(archive, $"{file}.warc.gz"));
        }

        var time = new TestClock();
        var store = new FolderBlobStore(_folder[name]);
        using var queues = WorkQueues.InFolder(_folder[name], time);
        var death = new Death(at, afterEffect);
        string id;
        await using (var first = new BackfillWork(new DyingStore(store, death), q => new CrashingQueue(queues.Queue(q), death), time))
        {
            try
            {
                await first.StartAsync("archive/");
                await first.DrainAsync();
            }
            catch (Exception) when (death.IsDead)
            {
                // What the process knew is gone.
            }
        }

        await using var second = new BackfillWork(store, queues.Queue, time);
        id = await second.StartAsync("archive/");
        await second.DrainAsync();

        var state = await second.StateAsync(id);
        Assert.True(state is { Phase: BackfillPhase.Done }, $"effect {at}: {state}; {string.Join("; ", second.Live.Problems)}");
        _expected ??= await ReplayedAsync(archive);
        var (expected, found) = (_expected, await BackfillWork.TreeAsync(store));
        Assert.True(
            expected.SequenceEqual(found),
            $"effect {at}, {(afterEffect ? "after" : "before")} it: {string.Join(", ", found.Except(expected).Select(f => f.Key))} in place of {string.Join(", ", expected.Except(found).Select(f => f.Key))}; {string.Join("; ", second.Live.Problems)}");
        return death.Effects;
    }

    private async Task<SortedDictionary<string, string>> ReplayedAsync(string archive)
    {
        var replayed = new FolderBlobStore(_folder["replayed"]);
        await ReplayRun.RunAsync([archive], replayed);
        return await BackfillWork.TreeAsync(replayed);
    }
}
