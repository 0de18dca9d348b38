using System.IO.Compression;
using System.Security.Cryptography;
using IngestPipeline.Pipeline.Backfill;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Queues;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Pipeline.Live;
using IngestPipeline.Tests.Shared;

namespace IngestPipeline.Tests.Pipeline.Backfill;

/// <summary>A process that works on back-fills, and what a test does to its messages.</summary>
internal sealed class BackfillWork : IAsyncDisposable
{
    private readonly LivePipeline _live;

    public BackfillWork(
        IBlobStore store, Func<string, IWorkQueue> queues, TestClock time, Func<IngestPipeline.Hosting.IngestOptions,
        IngestPipeline.Hosting.IngestOptions>? change = null) =>
        _live = new(store, queues, "nowhere.example", time, o =>
        {
            o = o with { Live = o.Live with { SegmentFiles = 2, SegmentArticles = 3 } };
            return change?.Invoke(o) ?? o;
        });

    public LivePipeline Live => _live;

    public ReplayArchive Stage => _live.Get<ReplayArchive>();

    public IWorkQueue Queue => _live.Queues.Replays;

    public async Task<string> StartAsync(string archive)
    {
        await Queue.PrepareAsync();
        return await Stage.StartAsync(archive, CancellationToken.None);
    }

    public Task<BackfillState?> StateAsync(string id) => new BackfillStates(_live.Store).ReadAsync(id, CancellationToken.None);

    /// <summary>Works on what is visible until nothing is left, each message once and in order.</summary>
    public async Task DrainAsync()
    {
        for (var idle = 0; idle < 5;)
        {
            if (await TryDrainAsync() > 0)
            {
                idle = 0;
                continue;
            }

            if (await Queue.DepthAsync() == 0)
                return;
            // What was left by a dead worker, or waits for one, comes within minutes.
            _live.Time.Advance(TimeSpan.FromMinutes(11));
            idle++;
        }
    }

    // A store that failed is none of the message's, and every host goes on.
    private async Task<int> TryDrainAsync()
    {
        try
        {
            return await _live.Run.DrainAsync(4, CancellationToken.None);
        }
        catch (StorageException e)
        {
            _live.Problems.Add(e.Message);
            _live.Time.Advance(TimeSpan.FromSeconds(5));
            return 0;
        }
    }

    /// <summary>Takes messages as they come in any order, several at once; some come twice, some come again after they were handled.</summary>
    public static async Task DisorderAsync(IReadOnlyList<BackfillWork> workers, Random random)
    {
        while (true)
        {
            var taken = new List<(BackfillWork Worker, QueueItem Item)>();
            foreach (var worker in workers)
                taken.AddRange((await worker.Queue.ReceiveAsync(4, TimeSpan.FromMinutes(10))).Select(i => (worker, i)));
            if (taken.Count == 0)
            {
                if (await workers[0].Queue.DepthAsync() == 0)
                    return;
                workers[0]._live.Time.Advance(TimeSpan.FromMinutes(11));
                continue;
            }

            var order = taken.ToArray();
            random.Shuffle(order);
            await Task.WhenAll(order.Select(async (work, i) =>
            {
                var (kept, twice) = (random.Next(5) == 0, random.Next(5) == 0);
                await work.Worker.Stage.ProcessAsync(MessageJson.Replay(work.Item.Body), CancellationToken.None);
                if (twice)
                    await order[(i + 1) % order.Length].Worker.Stage.ProcessAsync(MessageJson.Replay(work.Item.Body), CancellationToken.None);
                if (!kept || work.Item.Deliveries > 2)
                    await work.Worker.Queue.DeleteAsync(work.Item);
            }));
        }
    }

    public ValueTask DisposeAsync() => _live.DisposeAsync();

    /// <summary>What readers of a store see: every blob of its runs with its hash.</summary>
    public static async Task<SortedDictionary<string, string>> TreeAsync(IBlobStore store)
    {
        var tree = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await foreach (var item in store.ListAsync(""))
        {
            if (!item.Name.StartsWith("archive/", StringComparison.Ordinal) && !item.Name.StartsWith("state/", StringComparison.Ordinal))
                tree[item.Name] = Convert.ToHexStringLower(SHA256.HashData((await store.ReadAsync(item.Name))!.Content.Span));
        }

        return tree;
    }

    /// <summary>
    /// An archive of several files on two days: feeds, copies, a corrected page, a page in another file than its feed, and a file of one gzip member.
    /// </summary>
    public static string[] Archive(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "later"));
        var first = new TestWeb();
        var second = new TestWeb();
        first.Feed("https://post.example/feed", 0, [.. Enumerable.Range(0, 7).Select(i => ($"Story {i}", $"https://post.example/{i}"))]);
        second.Feed("https://echo.example/feed", 4, [.. Enumerable.Range(0, 7).Select(i => ($"Story {i}", $"https://echo.example/{i}"))]);
        for (var i = 0; i < 7; i++)
        {
            first.Article($"https://post.example/{i}", 1 + i * 0.1, $"Story {i}", TestWeb.Story(i));
            second.Article($"https://echo.example/{i}", 5 + i * 0.1, $"Story {i}", TestWeb.Story(i % 4));
        }

        var third = new TestWeb()
            .FeedXml("https://post.example/feed", 30, "<item><title>Story 1 again</title><link>https://post.example/1</link><guid>https://post.example/1</guid></item>"
                + "<item><title>Elsewhere</title><link>https://post.example/elsewhere?utm_source=feed</link></item><item><title>Nowhere</title><link>https://post.example/nowhere</link></item>")
            .Article("https://post.example/1", 31, "Story 1 again", TestWeb.Story(21));
        var one = new TestWeb()
            .Page("https://post.example/filler", 1, $"<html><body><p>{new string('x', 5 << 20)}</p></body></html>")
            .Status("https://post.example/elsewhere", 31, 302, "https://other.example/elsewhere")
            .Article("https://other.example/elsewhere", 31.1, "Elsewhere", TestWeb.Story(33));
        string[] files =
        [
            first.Save(Path.Combine(folder, "b.warc.gz")),
            second.Save(Path.Combine(folder, "c.warc")),
            third.Save(Path.Combine(folder, "later", "a.warc.gz")),
            one.Save(Path.Combine(folder, "one.warc")),
        ];
        using (var gzip = new GZipStream(File.Create(Path.Combine(folder, "later", "one.warc.gz")), CompressionLevel.Fastest))
            gzip.Write(File.ReadAllBytes(files[3]));
        File.Delete(files[3]);
        // The rest of a file is gone: a fault is told, and what precedes it counts.
        var bytes = File.ReadAllBytes(files[1]);
        File.WriteAllBytes(files[1], bytes[..^700]);
        return files;
    }
}
