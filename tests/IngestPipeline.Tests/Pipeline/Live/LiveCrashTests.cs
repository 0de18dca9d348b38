using System.Text.Json;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Queues;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Fetching;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>A process that dies anywhere, and one that starts after it: nothing is lost or doubled, and a replay of the capture gives the same.</summary>
public sealed class LiveCrashTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private LoopbackSite _site = null!;

    public async Task InitializeAsync() => _site = await LoopbackSite.StartAsync();

    public async Task DisposeAsync()
    {
        await _site.DisposeAsync();
        _folder.Dispose();
    }

    [OnDemandFact]
    public async Task A_run_that_died_at_some_effect_goes_on_and_ends_the_same() => await DieAsync(step: 31, name => new FolderBlobStore(_folder[name]));

    // In memory: a disk that syncs every write takes hours for some 600 runs, and what dies here dies between a store's calls, never within one.
    [OnDemandFact]
    [Trait("Speed", "Slow")]
    public async Task A_run_that_died_at_any_effect_goes_on_and_ends_the_same() => await DieAsync(step: 1, _ => new InMemoryBlobStore());

    private static IngestOptions Often(IngestOptions options) =>
        options with
        {
            Live = options.Live with { Rechecks = [TimeSpan.FromHours(1), TimeSpan.FromHours(3)] },
            // One poll that finds nothing new has the effects of another.
            Polling = options.Polling with { Ceiling = TimeSpan.FromHours(1) },
        };

    private async Task DieAsync(int step, Func<string, IBlobStore> open)
    {
        var (whole, effects) = await RunAsync(open, "whole", 0, false);
        Assert.Equal(5, whole.Count);
        Assert.True(effects > 60, $"only {effects} effects");
        for (var at = 1; at <= effects; at += step)
        {
            var afterEffect = at / step % 2 == 0;
            var (died, _) = await RunAsync(open, $"died-{at}", at, afterEffect);
            Assert.True(
                whole.SequenceEqual(died),
                $"died at effect {at} of {effects}, {(afterEffect ? "after" : "before")} it:\n{string.Join('\n', whole.Except(died))}\nbecame\n{string.Join('\n', died)}");
            if (step == 1)
            {
                var (other, _) = await RunAsync(open, $"died-{at}-b", at, !afterEffect);
                Assert.True(
                    whole.SequenceEqual(other),
                    $"died at effect {at} of {effects}, {(afterEffect ? "before" : "after")} it:\n{string.Join('\n', whole.Except(other))}\nbecame\n{string.Join('\n', other)}");
            }
        }
    }

    private async Task<(IReadOnlyList<string> Records, int Effects)> RunAsync(Func<string, IBlobStore> open, string name, int at, bool afterEffect)
    {
        var time = new TestClock();
        var day = new LiveDay(_site, time);
        for (var i = 0; i < 3; i++)
            day.Entry("/a.xml", 0, $"Story {i}", $"/a/{i}").Page(
                $"/a/{i}", (0, $"Story {i}", TestWeb.Story(i)), (2, $"Story {i}{(i == 1 ? " changed" : "")}", TestWeb.Story(i)));
        day.Entry("/b.xml", 0, "Carried 0", "/b/0").Page("/b/0", (0, "Carried 0", TestWeb.Story(0)));
        day.Entry("/b.xml", 0, "In the feed", null, string.Concat(TestWeb.Story(51).Select(p => $"<p>{p}</p>")));

        var store = open(name);
        using var queues = WorkQueues.InFolder(_folder[name + "-queues"], time);
        var death = new Death(at, afterEffect);
        await using (var first = new LivePipeline(new DyingStore(store, death), q => new CrashingQueue(queues.Queue(q), death), _site.Host, time, Often))
        {
            await store.CreateAsync(IngestPipeline.Feeds.Lists.FeedList.StoreName, IngestPipeline.Feeds.Lists.FeedListWriter.Write(day.Feeds));
            try
            {
                await first.Run.PrepareAsync(CancellationToken.None);
                await first.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(20));
            }
            catch (Exception) when (death.IsDead)
            {
                // What the process knew is gone; the store, the queues and the web remain.
            }
        }

        await using var live = new LivePipeline(store, queues.Queue, _site.Host, time, Often);
        await live.Run.PrepareAsync(CancellationToken.None);
        await live.PassAsync(TimeSpan.FromHours(8), TimeSpan.FromMinutes(30));

        var figures = await live.FiguresAsync();
        Assert.True(
            figures.Pending + figures.Inbox + figures.Queues.Values.Sum() + figures.Quarantined + figures.Rechecks == 0,
            $"effect {at}: {figures.Pending} pending, {figures.Inbox} in the inbox, {string.Join(',', figures.Queues)}, {figures.Quarantined} set aside, {figures.Rechecks} to look at: {string.Join("; ", live.Problems)}");
        var (entries, requests, pending, ended) = await live.LedgerAsync();
        Assert.True(
            (entries, 0, ended) == (requests, pending, requests), $"effect {at}: {entries} accepted, {requests} requests, {pending} pending, {ended} ended");
        var again = open(name + "-again");
        var summary = await live.ReplayAsync(again, _folder[name + "-tmp"]);
        Assert.True(summary.AddsUp);
        var written = await LivePipeline.WrittenAsync(store);
        foreach (var (blob, bytes) in await LivePipeline.WrittenAsync(again))
            Assert.True(
                written.GetValueOrDefault(blob) == bytes,
                $"effect {at}, {blob}: a replay gives\n{bytes}\nand the live run gave\n{written.GetValueOrDefault(blob)}");
        // Times of capture differ from run to run, and with them who is whose copy; texts do not.
        return ([.. (await RecordsAsync(store)).Select(r => $"{r.GetProperty("url")} {r.GetProperty("contentHash")} {r.GetProperty("revision")} {(r.GetProperty("firstSeen").GetString() is { Length: > 10 } seen ? seen[..10] : "undated")}").Order(StringComparer.Ordinal)], death.Effects);
    }

    private static async Task<List<JsonElement>> RecordsAsync(IBlobStore store)
    {
        var records = new List<JsonElement>();
        await foreach (var item in store.ListAsync("records/"))
            records.Add(JsonElement.Parse((await store.ReadAsync(item.Name))!.Content.Span));
        return records;
    }
}
