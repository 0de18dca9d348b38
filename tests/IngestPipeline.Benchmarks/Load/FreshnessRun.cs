using System.Globalization;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Fetching;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Queues;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace IngestPipeline.Benchmarks.Load;

/// <summary>
/// From publication to record, under a fake clock: the whole pipeline with its own schedules over feeds that publish as those of
/// <see cref="PollWeek"/>. Measured are the articles of the last half; before that the schedule learns.
/// </summary>
internal static class FreshnessRun
{
    /// <summary><c>freshness [--feeds 1000] [--hours 24]</c></summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        var feeds = (int)Options.Number(args, "--feeds", 1000);
        var length = TimeSpan.FromHours(Options.Number(args, "--hours", 24));
        var time = new TestClock(PollWeek.Start);
        using var web = new LoadWeb(feeds, time, TimeSpan.Zero);
        var written = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var store = new LoadStore(new InMemoryBlobStore())
        {
            Written = name =>
            {
                if (name.StartsWith("records/", StringComparison.Ordinal))
                    written.TryAdd(Path.GetFileNameWithoutExtension(name), time.GetUtcNow());
            },
        };
        var (feedQueue, articleQueue) = (new MemoryQueue("feeds", time), new MemoryQueue("articles", time));
        await using var services =
            Services(store, web, time, name => name switch { "feeds" => feedQueue, "articles" => articleQueue, _ => new MemoryQueue(name, time) });
        await store.CreateAsync(FeedList.StoreName, FeedListWriter.Write(new([.. web.Feeds.Select(f => new FeedSettings { Url = f })])));

        var random = new Random(20260314);
        var arrivals = new PriorityQueue<int, DateTimeOffset>();
        for (var host = 0; host < feeds; host++)
        {
            foreach (var at in PollWeek.Arrivals(random, PollWeek.Start + length))
                arrivals.Enqueue(host, at);
        }

        var (poll, read, ingest, deduplicate) = (services.GetRequiredService<PollFeeds>(), services.GetRequiredService<ReadFeed>(), services.GetRequiredService<IngestArticle>(), services.GetRequiredService<Deduplicate>());
        for (var minute = PollWeek.Start; minute < PollWeek.Start + length; minute += TimeSpan.FromMinutes(1))
        {
            await poll.RunAsync(default);
            await WorkAsync(minute + TimeSpan.FromSeconds(30));
            await deduplicate.RunAsync(default);
            await WorkAsync(minute + TimeSpan.FromMinutes(1));
        }

        Print();
        return 0;

        // Each message when it can be seen, each article when it is published.
        async Task WorkAsync(DateTimeOffset until)
        {
            while (true)
            {
                DateTimeOffset? publication = arrivals.TryPeek(out _, out var at) ? at : null;
                if (new[] { publication, feedQueue.Next, articleQueue.Next }.Min() is not { } next || next > until)
                    break;
                if (next > time.GetUtcNow())
                    time.MoveTo(next);
                if (publication == next)
                    web.Publish(arrivals.Dequeue());
                foreach (var item in await feedQueue.ReceiveAsync(32, default))
                    await read.ProcessAsync(MessageJson.Feed(item.Body), default);
                foreach (var item in await articleQueue.ReceiveAsync(32, default))
                    await ingest.ProcessAsync(MessageJson.Article(item.Body), default);
            }

            time.MoveTo(until);
        }

        void Print()
        {
            var from = PollWeek.Start + (length / 2);
            var minutes = web.At.Where(a => a.Value >= from).Select(a => (a.Value, Id: ArticleUrl.TryCreate(a.Key)!.Id))
                .Where(a => written.ContainsKey(a.Id)).Select(a => (written[a.Id] - a.Value).TotalMinutes).Order().ToList();
            var waiting = web.At.Count(a => !written.ContainsKey(ArticleUrl.TryCreate(a.Key)!.Id));
            double At(double share) => minutes.Count == 0 ? double.NaN : minutes[(int)(share * (minutes.Count - 1))];
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{feeds} feeds, {length.TotalHours:F0} hours, {web.At.Count} articles, {web.Requests} requests; minutes from publication to record, {minutes.Count} articles of the last half: p50 {At(0.5):F1}, p95 {At(0.95):F1}, p99 {At(0.99):F1}; {waiting} not yet written; {web.MostAtOnceOfAHost} request at once to a host at most, smallest gap {web.SmallestGap.TotalSeconds:F1} s"));
        }
    }

    private static ServiceProvider Services(IBlobStore store, LoadWeb web, TimeProvider time, Func<string, IWorkQueue> queues)
    {
        // Without robots.txt, once a day and host, whose answer would be waited for while the clock stands still.
        var options = new IngestOptions { Store = "memory", Fetching = new FetchOptions { Contact = "ops@post.example", MaxWait = TimeSpan.Zero, ObeyRobots = false }, Live = new() { Rechecks = [] } };
        return new ServiceCollection()
            .AddSingleton(time)
            .AddSingleton(store)
            .AddSingleton(WorkQueues.Of(queues))
            .AddSingleton(LiveWeb.Create(store, options.Fetching, time, web))
            .AddIngestPipeline(options)
            .BuildServiceProvider();
    }
}
