using IngestPipeline.Queues;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Fetching;
using IngestPipeline.Tests.Pipeline;
using IngestPipeline.Tests.Pipeline.Live;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Azurite;

/// <summary>A simulated morning over Azure Blob Storage and Azure's queues.</summary>
[Collection(AzuriteTests.Name)]
public sealed class AzuriteLiveTests(AzuriteServer azurite) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [StoreFact]
    public async Task A_morning_gives_every_article_once_and_a_replay_of_its_capture_gives_the_same()
    {
        await using var site = await LoopbackSite.StartAsync();
        var time = new TestClock();
        var day = new LiveDay(site, time);
        for (var i = 0; i < 4; i++)
            day.Entry("/a.xml", i * 0.5, $"Story {i}", $"/a/{i}").Page(
                $"/a/{i}", (0, $"Story {i}", TestWeb.Story(i)), (1.5, i == 1 ? "Story 1 corrected" : $"Story {i}", TestWeb.Story(i)));
        day.Entry("/b.xml", 0.5, "Carried 0", "/b/0").Page("/b/0", (0, "Carried 0", TestWeb.Story(0)));
        day.Entry("/b.xml", 0, "Flaky", "/flaky").Flaky("/flaky", 503, 2, "Flaky", TestWeb.Story(50));
        var store = BlobStoreFactory.Open($"azurite:{azurite.NewContainer()}", "ingest", azurite.ConnectionString);
        using var queues = WorkQueues.Open("azurite", time, null, azurite.ConnectionString);
        var prefix = azurite.NewContainer();
        await using var live = new LivePipeline(store, q => new HeldQueue(queues.Queue(q), time), site.Host, time,
            o => o with { FeedQueue = prefix + "-feeds", ArticleQueue = prefix + "-articles", ReplayQueue = prefix + "-replays" });
        await live.StartAsync(day.Feeds);
        await live.Queues.Articles.SendAsync("{bad");

        await live.PassAsync(TimeSpan.FromHours(4), TimeSpan.FromMinutes(15));

        var figures = await live.FiguresAsync();
        Assert.Equal(0, figures.Pending + figures.Inbox);
        Assert.Equal(1, figures.Quarantined);
        var (entries, requests, pending, ended) = await live.LedgerAsync();
        Assert.Equal((requests, 0L, requests), (entries, pending, ended));
        var again = new FolderBlobStore(_folder["again"]);
        Assert.True((await live.ReplayAsync(again, _folder["tmp"])).AddsUp);
        var written = await LivePipeline.WrittenAsync(store);
        Assert.Equal(written, await LivePipeline.WrittenAsync(again));
        // Six articles and one correction.
        Assert.Equal(7, written.Keys.Count(k => k.StartsWith("articles/", StringComparison.Ordinal)));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Holds delayed messages by the test's clock: the service's clock is its own.</summary>
    private sealed class HeldQueue(IWorkQueue inner, TestClock time) : IWorkQueue
    {
        private readonly List<(DateTimeOffset Due, string Body)> _held = [];

        public string Name => inner.Name;

        public Task PrepareAsync(CancellationToken cancellation = default) => inner.PrepareAsync(cancellation);

        public Task SendAsync(string body, TimeSpan delay = default, CancellationToken cancellation = default)
        {
            if (delay <= TimeSpan.Zero)
                return inner.SendAsync(body, delay, cancellation);
            lock (_held)
                _held.Add((time.GetUtcNow() + delay, body));
            return Task.CompletedTask;
        }

        public async Task<IReadOnlyList<QueueItem>> ReceiveAsync(int most, TimeSpan visibility, CancellationToken cancellation = default)
        {
            List<(DateTimeOffset Due, string Body)> due;
            lock (_held)
            {
                due = [.. _held.Where(h => h.Due <= time.GetUtcNow())];
                _held.RemoveAll(h => h.Due <= time.GetUtcNow());
            }

            foreach (var (_, body) in due)
                await inner.SendAsync(body, TimeSpan.Zero, cancellation);
            return await inner.ReceiveAsync(most, visibility, cancellation);
        }

        public Task<bool> DeleteAsync(QueueItem item, CancellationToken cancellation = default) => inner.DeleteAsync(item, cancellation);

        public Task<bool> ReleaseAsync(QueueItem item, TimeSpan delay, CancellationToken cancellation = default) =>
            inner.ReleaseAsync(item, TimeSpan.Zero, cancellation);

        public async Task<int> DepthAsync(CancellationToken cancellation = default)
        {
            var depth = await inner.DepthAsync(cancellation);
            lock (_held)
                return depth + _held.Count;
        }
    }
}
