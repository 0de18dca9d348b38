using System.Runtime.CompilerServices;
using System.Text;
using IngestPipeline.Feeds;

namespace IngestPipeline.Tests.Feeds;

public sealed class FeedMemoryTests
{
    [Fact]
    public void Reading_entry_by_entry_holds_on_to_none_that_were_given_out()
    {
        const int entries = 400;
        var item =
            $"<item><title>A</title><description>{string.Concat(Enumerable.Repeat("&lt;p&gt;Text é &amp;amp; more.&lt;/p&gt;", 250))}</description></item>";
        var body = Encoding.UTF8.GetBytes($"<rss><channel><title>T</title>{string.Concat(Enumerable.Repeat(item, entries))}</channel></rss>");
        using var feed = FeedReader.Open(body, new FeedSource(), new Repairs());
        using var reading = feed.Content.ReadEntries().GetEnumerator();

        var given = Take(reading, entries - 1);
        GC.Collect();

        Assert.Equal(entries - 1, given.Count);
        // The iterator itself still names the last one.
        Assert.InRange(given.Count(entry => entry.IsAlive), 0, 2);
        Assert.True(reading.MoveNext());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> Take(IEnumerator<FeedEntry> reading, int count)
    {
        var given = new List<WeakReference>();
        while (given.Count < count && reading.MoveNext())
            given.Add(new(reading.Current.Summary));
        return given;
    }
}
