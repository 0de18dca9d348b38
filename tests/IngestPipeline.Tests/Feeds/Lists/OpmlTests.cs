using System.Text;
using IngestPipeline.Feeds.Lists;

namespace IngestPipeline.Tests.Feeds.Lists;

public sealed class OpmlTests
{
    [Fact]
    public void Nested_outlines_give_feeds_with_their_innermost_folder()
    {
        var read = Read("""
            <?xml version="1.0" encoding="utf-8"?>
            <opml version="2.0"><head><title>My feeds</title></head><body>
              <outline text="News"><outline text="Coast">
                <outline type="rss" text="Harbour" xmlUrl="https://harbour.example/feed"/>
              </outline><outline text="Courier" xmlUrl="https://courier.example/rss"></outline></outline>
              <outline title="Top" text="x" xmlurl="feed://top.example/atom"/>
            </body></opml>
            """);

        Assert.Equal(
            [("Harbour", "Coast", "https://harbour.example/feed"), ("Courier", "News", "https://courier.example/rss"), ("Top", null, "http://top.example/atom")],
            read.List.Feeds.Select(f => (f.Title, f.Section, f.Url.AbsoluteUri)));
    }

    [Fact]
    public void Bare_ampersands_a_wrong_encoding_label_and_a_cut_end_lose_no_feed_before_them()
    {
        var bytes = Encoding.Latin1.GetBytes(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><opml><body><outline text=\"Caf\u00e9 & Co\" xmlUrl=\"https://a.example/?x=1&y=2\"/><outline text=\"b\" xmlUrl=\"https://b.example/\"/><outline te");

        var feeds = FeedList.Read(bytes).List.Feeds;

        Assert.Equal(["Caf\u00e9 & Co", "b"], feeds.Select(f => f.Title));
        Assert.Equal("https://a.example/?x=1&y=2", feeds[0].Url.AbsoluteUri);
    }

    [Fact]
    public void Addresses_that_are_none_are_said_and_doubles_are_left_out()
    {
        var read = Read(
            "<opml><body><outline xmlUrl='javascript:alert(1)'/><outline xmlUrl='https://a.example/'/><outline xmlUrl='http://a.example/'/></body></opml>");

        Assert.Single(read.List.Feeds);
        Assert.Contains("javascript", Assert.Single(read.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_exported_is_imported_again_with_hostile_titles_intact()
    {
        var list = new FeedList([
            new() { Url = new("https://a.example/?a=1&b=2"), Title = "<script>alert(\"1\")</script> 😀", Section = "A & B" },
            new() { Url = new("https://b.example/"), Section = "A & B" },
            new() { Url = new("https://c.example/"), Title = "bell\u0007" },
        ]);

        var read = FeedList.Read(OpmlWriter.Write(list)).List.Feeds.OrderBy(f => f.Url.Host, StringComparer.Ordinal).ToList();

        Assert.Equal(list.Feeds.Select(f => (f.Id, f.Section)), read.Select(f => (f.Id, f.Section)));
        Assert.Equal(list.Feeds[0].Title, read[0].Title);
        Assert.Equal("bell", read[2].Title);
    }

    private static FeedListResult Read(string text) => FeedList.Read(Encoding.UTF8.GetBytes(text));
}
