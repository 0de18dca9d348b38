using System.Text;
using IngestPipeline.Feeds;

namespace IngestPipeline.Tests.Feeds;

public sealed class FeedMemoryTests
{
    [Fact]
    public void Reading_entry_by_entry_holds_no_more_than_one_entry_and_a_small_buffer()
    {
        const int entries = 2_000;
        var item = $"<item><title>A</title><description>{string.Concat(Enumerable.Repeat("&lt;p&gt;Text é &amp;amp; more.&lt;/p&gt;", 250))}</description></item>";
        var body = Encoding.UTF8.GetBytes($"<rss><channel><title>T</title>{string.Concat(Enumerable.Repeat(item, entries))}</channel></rss>");
        using var feed = FeedReader.Open(body, new FeedSource(), new Repairs());
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (count, most) = (0, 0L);

        foreach (var entry in feed.Content.ReadEntries())
        {
            Assert.Equal("A", entry.Title);
            if (++count % 500 == 0)
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.Equal(entries, count);
        // The document has over 20 MB. Other tests run beside this one, so the bound is generous; a reader that gathers would exceed it.
        Assert.InRange(most, long.MinValue, 20_000_000);
    }
}
