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
    public async Task A_run_that_died_at_some_effect_goes_on_and_ends_the_same() => await DieAsync(step: 31);

    [OnDemandFact]
    [Trait("Speed", "Slow")]
    public async Task A_run_that_died_at_any_effect_goes_on_and_ends_the_same() => await DieAsync(step: 1);

    private static IngestPipeline.Hosting.IngestOptions Often(IngestPipeline.Hosting.IngestOptions options) =>
        options with { Live = options.Live with { Rechecks = [TimeSpan.FromHours(1), TimeSpan.FromHours(3)] } };

    private async Task DieAsync(int step)
    {
        var (whole, effects) = await RunAsync("whole", 0, false);
        Assert.Equal(5, whole.Count);
        Assert.True(effects > 60, $"only {effects} effects");
        for (var at = 1; at <= effects; at += step)
        {
            var afterEffect = at / step % 2 == 0;
            var (died, _) = await RunAsync($"died-{at}", at, afterEffect);
            Assert.True(whole.SequenceEqual(died), $"died at effect {at} of {effects}, {(afterEffect ? "after" : "before")} it:\n{string.Join('\n', whole.Except(died))}\nbecame\n{string.Join('\n', died)}");
            if (step == 1)
            {
                var (other, _) = await RunAsync($"died-{at}-b", at, !afterEffect);
                Assert.True(whole.SequenceEqual(other), $"died at effect {at} of {effects}, {(afterEffect ? "before" : "after")} it:\n{string.Join('\n', whole.Except(other))}\nbecame\n{string.Join('\n', other)}");
            }
        }
    }

    private async Task<(IReadOnlyList<string> Records, int Effects)> RunAsync(string name, int at, bool afterEffect)
    {
        var time = new TestClock();
        var day = new LiveDay(_site, time);
        for (var i = 0; i < 3; i++)
            day.Entry("/a.xml", 0, $"Story {i}", $"/a/{i}").Page($"/a/{i}", (0, $"Story {i}", TestWeb.Story(i)), (2, $"Story {i}{(i == 1 ? " changed" : "")}", TestWeb.Story(i)));
        day.Entry("/b.xml", 0, "Carried 0", "/b/0").Page("/b/0", (0, "Carried 0", TestWeb.Story(0)));
        day.Entry("/b.xml", 0, "In the feed", null, string.Concat(TestWeb.Story(51).Select(p => $"<p>{p}</p>")));

        var store = new FolderBlobStore(_folder[name]);
        using var queues = WorkQueues.InFolder(_folder[name], time);
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
        await live.PassAsync(TimeSpan.FromHours(8), TimeSpan.FromMinutes(20));

        var figures = await live.FiguresAsync();
        Assert.True(figures.Pending + figures.Inbox + figures.Queues.Values.Sum() + figures.Quarantined + figures.Rechecks == 0, $"effect {at}: {figures.Pending} pending, {figures.Inbox} in the inbox, {string.Join(',', figures.Queues)}, {figures.Quarantined} set aside, {figures.Rechecks} to look at: {string.Join("; ", live.Problems)}");
        var (entries, requests, pending, ended) = await live.LedgerAsync();
        Assert.True((entries, 0, ended) == (requests, pending, requests), $"effect {at}: {entries} accepted, {requests} requests, {pending} pending, {ended} ended");
        var again = new FolderBlobStore(_folder[name + "-again"]);
        var summary = await live.ReplayAsync(again, _folder[name + "-tmp"]);
        Assert.True(summary.AddsUp);
        var written = await LivePipeline.WrittenAsync(store);
        foreach (var (blob, bytes) in await LivePipeline.WrittenAsync(again))
            Assert.True(written.GetValueOrDefault(blob) == bytes, $"effect {at}, {blob}: a replay gives\n{bytes}\nand the live run gave\n{written.GetValueOrDefault(blob)}");
        // Times of capture differ from run to run, and with them who is whose copy; texts do not.
        return ([.. ReplayRun.Records(_folder[name]).Select(r => $"{r.GetProperty("url")} {r.GetProperty("contentHash")} {r.GetProperty("revision")} {(r.GetProperty("firstSeen").GetString() is { Length: > 10 } seen ? seen[..10] : "undated")}").Order(StringComparer.Ordinal)], death.Effects);
    }
}
