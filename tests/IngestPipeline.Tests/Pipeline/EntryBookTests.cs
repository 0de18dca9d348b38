using IngestPipeline.Feeds;
using IngestPipeline.Pipeline;
using IngestPipeline.Records;

namespace IngestPipeline.Tests.Pipeline;

public sealed class EntryBookTests : IDisposable
{
    private static readonly ArticleFeed Feed = new("https://post.example/feed", "Post", null);

    private readonly EntryBook _book = new();

    [Fact]
    public void An_entry_is_new_once_and_then_seen()
    {
        var entry = Entry("1", "https://post.example/a", "Storm");

        Assert.Equal([EntryDisposition.New], Take(Feed, entry));
        Assert.Equal([EntryDisposition.Seen], Take(Feed, entry));
    }

    [Fact]
    public void A_changed_title_is_a_revision_and_not_a_new_article()
    {
        Take(Feed, Entry("1", "https://post.example/a", "Storm"));

        Assert.Equal([EntryDisposition.Revised], Take(Feed, Entry("1", "https://post.example/a", "Storm: two hurt")));
    }

    [Fact]
    public void An_article_that_another_feed_named_is_seen()
    {
        Take(Feed, Entry("1", "https://post.example/a", "Storm"));

        Assert.Equal(
            [EntryDisposition.Seen], Take(Feed with { Url = "https://post.example/sport" }, Entry("x", "https://post.example/a?utm_source=rss", "Storm")));
    }

    [Fact]
    public void A_guid_used_twice_in_one_feed_stays_two_entries() =>
        Assert.Equal(
            [EntryDisposition.New, EntryDisposition.New], Take(Feed, Entry("1", "https://post.example/a", "A"), Entry("1", "https://post.example/b", "B")));

    [Fact]
    public void A_further_entry_about_an_address_asks_for_its_page_again()
    {
        Take(Feed, Entry("1", "https://post.example/briefing", "Monday"));

        Assert.Equal(
            [EntryDisposition.Revised, EntryDisposition.Seen],
            Take(Feed, Entry("2", "https://post.example/briefing", "Tuesday"), Entry("1", "https://post.example/briefing", "Monday")));
        Assert.Equal(
            [EntryDisposition.Seen, EntryDisposition.Seen],
            Take(Feed, Entry("2", "https://post.example/briefing", "Tuesday"), Entry("1", "https://post.example/briefing", "Monday")));
    }

    [Fact]
    public void A_further_entry_of_the_next_day_asks_again_though_its_title_is_the_same()
    {
        var (monday, tuesday) = (new DateTimeOffset(2026, 3, 16, 6, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 17, 6, 0, 0, TimeSpan.Zero));
        Take(Feed, Entry("1", "https://post.example/briefing", "The briefing") with { Published = monday });

        Assert.Equal([EntryDisposition.Seen], Take(Feed, Entry("2", "https://post.example/briefing", "The briefing") with { Published = monday.AddHours(1) }));
        Assert.Equal([EntryDisposition.Revised], Take(Feed, Entry("3", "https://post.example/briefing", "The briefing") with { Published = tuesday }));
    }

    [Fact]
    public void A_page_of_many_new_entries_is_asked_for_once_a_poll()
    {
        Assert.Equal(
            [EntryDisposition.New, EntryDisposition.Seen],
            Take(Feed, Entry("2", "https://post.example/live", "B"), Entry("1", "https://post.example/live", "A")));

        var further = Take(
            Feed, Entry("4", "https://post.example/live", "D"), Entry("3", "https://post.example/live", "C"), Entry("2", "https://post.example/live", "B"));

        Assert.Equal([EntryDisposition.Revised, EntryDisposition.Seen, EntryDisposition.Seen], further);
    }

    [Fact]
    public void A_known_entry_under_another_guid_is_seen()
    {
        Take(Feed, Entry("1", "https://post.example/a", "Storm"));

        Assert.Equal([EntryDisposition.Seen], Take(Feed, Entry("2", "https://post.example/a", "Storm")));
    }

    [Fact]
    public void Two_entries_without_guid_at_one_address_do_not_revise_each_other_at_every_poll()
    {
        FeedEntry[] both = [new() { Link = "https://post.example/notes", Title = "B" }, new() { Link = "https://post.example/notes", Title = "A" }];
        Take(Feed, both);

        Assert.Equal([EntryDisposition.Seen, EntryDisposition.Seen], Take(Feed, both));
    }

    [Fact]
    public void An_entry_without_link_and_text_has_no_link() =>
        Assert.Equal([EntryDisposition.NoLink], Take(Feed, new FeedEntry { Id = "1", Title = "Only a title" }));

    [Fact]
    public void An_entry_without_link_that_carries_its_article_is_kept() =>
        Assert.Equal([EntryDisposition.New], Take(Feed, new FeedEntry { Id = "1", Title = "T", Content = new string('x', 500) }));

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://user:pw@post.example/a")]
    [InlineData("ftp://post.example/a")]
    public void A_link_that_cannot_be_followed_is_rejected(string link) =>
        Assert.Equal([EntryDisposition.Rejected], Take(Feed, Entry("1", link, "T")));

    public void Dispose() => _book.Dispose();

    private static FeedEntry Entry(string id, string link, string title) => new() { Id = id, Link = link, Title = title };

    private EntryDisposition[] Take(ArticleFeed feed, params FeedEntry[] entries) =>
        [.. _book.Take(feed.Url, feed, null, entries, 200).Select(e => e.Disposition)];
}
