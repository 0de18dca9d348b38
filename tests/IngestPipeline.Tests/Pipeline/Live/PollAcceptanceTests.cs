using IngestPipeline.Feeds;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>A live run and a replay say the same of each entry: what one remembers in the store, the other has in its book.</summary>
public sealed class PollAcceptanceTests : LiveFixture
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Live_and_replay_end_each_poll_s_entries_alike(int seed)
    {
        var store = new InMemoryBlobStore();
        await using var live = new LivePipeline(store, Queues.Queue, Site.Host, Time);
        var (pipeline, options) = (live.Get<PipelineOptions>(), live.Get<LiveOptions>());
        var entries = new EntryAcceptance(
            store, new(store), new(store, StoreNames.Pending), live.Queues.Articles, live.Get<ArticleIngest>(), options);
        var acceptance = new PollAcceptance(store, entries, options, pipeline, Time, live.Get<IngestMetrics>());
        using var book = new EntryBook();
        var random = new Random(seed);
        var feeds = new[] { "all", "news" }.Select(n => new FeedSettings { Url = new($"https://post.example/{n}.xml") }).ToList();
        var ends = new HashSet<EntryDisposition>();
        for (var poll = 0; poll < 60; poll++)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            var (settings, polled) = (feeds[random.Next(2)], Time.GetUtcNow());
            var read = Document(random, settings.Url, polled);
            var feed = new ArticleFeed(settings.Url.AbsoluteUri, "The Post", null);

            var before = (await acceptance.EntriesAsync(settings.Id, default)).Counts;
            await acceptance.AcceptAsync(settings, settings.Id, feed, polled, read, FeedState.Of(settings), default);
            var after = (await acceptance.EntriesAsync(settings.Id, default)).Counts;
            var replayed = book.Take(settings.Url.AbsoluteUri, feed, polled, read.Entries, pipeline.FeedTextLength).Select(e => e.Disposition).ToList();

            Assert.Equal(
                replayed.GroupBy(d => d).OrderBy(g => g.Key).Select(g => (g.Key, (long)g.Count())),
                after.Select(c => (c.Key, c.Value - before.GetValueOrDefault(c.Key))).Where(c => c.Item2 > 0).OrderBy(c => c.Key));
            ends.UnionWith(replayed);
        }

        Assert.Equal([EntryDisposition.New, EntryDisposition.Seen, EntryDisposition.Revised, EntryDisposition.NoLink, EntryDisposition.Rejected], ends.Order());
    }

    // Few of everything, so that they meet: guids that are given twice or to another address, addresses with several entries, headlines that change.
    private static FeedReadResult Document(Random random, Uri feed, DateTimeOffset polled)
    {
        var items = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ =>
        {
            var link = random.Next(12) switch { 0 => "", 1 => "<link>ftp://post.example/a</link>", _ => $"<link>https://post.example/{random.Next(8)}</link>" };
            var guid = random.Next(4) == 0 ? "" : $"<guid isPermaLink=\"false\">{random.Next(10)}</guid>";
            return $"<item>{guid}{link}<title>Headline {random.Next(3)}</title><pubDate>{polled.AddDays(-random.Next(2)):r}</pubDate></item>";
        }));
        var xml = $"<rss version=\"2.0\"><channel><title>The Post</title>{items}</channel></rss>";
        return new FeedReader().Read(System.Text.Encoding.UTF8.GetBytes(xml), new(feed, "application/rss+xml", null, null));
    }
}
