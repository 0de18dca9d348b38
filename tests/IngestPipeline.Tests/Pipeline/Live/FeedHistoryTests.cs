using System.Globalization;
using System.Net;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Pipeline.Live;

/// <summary>Earlier documents of a feed (RFC 5005) on a loopback server: two entries a document, each naming the one before.</summary>
public sealed class FeedHistoryTests : LiveFixture
{
    private int _published = 6;
    private bool _pinned;
    private string _edition = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        for (var i = 0; i < 20; i++)
            Site.Page($"/story/{i}", TestWeb.ArticleHtml($"Story {i}", TestWeb.Story(i)));
        Documents("prev-archive");
    }

    [Fact]
    public async Task As_many_earlier_documents_are_read_as_the_list_says_each_once_and_a_replay_gives_the_same()
    {
        await using var live = await StartAsync(new FeedSettings { Url = Site.Url("/feed"), History = 1, Rights = "no text mining", Section = "Coast" });

        await live.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(1));

        Assert.Equal(["Story 2", "Story 3", "Story 4", "Story 5"], Titles());
        Assert.Single(Site.Paths, p => p == "/feed/2");
        Assert.DoesNotContain("/feed/3", Site.Paths);
        await AddsUpAsync(live);
    }

    [Fact]
    public async Task Without_history_in_the_list_nothing_earlier_is_read()
    {
        await using var live = await StartAsync(new FeedSettings { Url = Site.Url("/feed") });

        await live.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(1));

        Assert.Equal(["Story 4", "Story 5"], Titles());
        Assert.DoesNotContain("/feed/2", Site.Paths);
    }

    [Theory]
    [InlineData("prev-archive")]
    [InlineData("next")]
    public async Task What_came_and_went_between_two_polls_is_found_in_earlier_documents(string relation)
    {
        Documents(relation);
        await using var live = await StartAsync(new FeedSettings { Url = Site.Url("/feed") });
        await live.PassAsync(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(5));

        _published = 13;
        await live.PassAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(1));

        Assert.Equal(Enumerable.Range(4, 9).Select(i => $"Story {i}").Order(StringComparer.Ordinal), Titles());
        // The first document that shows an entry known before ends it.
        Assert.DoesNotContain("/feed/5", Site.Paths);
        await AddsUpAsync(live);
    }

    [Fact]
    public async Task What_came_and_went_while_an_earlier_gap_was_being_closed_is_found_though_the_feed_does_not_change_again()
    {
        await using var live = await StartAsync(new FeedSettings { Url = Site.Url("/feed") });
        await live.PassAsync(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(5));

        _published = 13;
        Site.Status("/feed/3", 500);
        while ((await StateAsync(live)).History?.Failures is not 1)
            await live.PassAsync(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

        // Two documents' worth: what the reading goes on with is no longer what follows what it has read.
        _published = 17;
        var seen = (await StateAsync(live)).BodyHash;
        while ((await StateAsync(live)).BodyHash == seen)
            await live.PassAsync(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        Assert.NotNull((await StateAsync(live)).History);

        Documents("prev-archive");
        await live.PassAsync(TimeSpan.FromHours(12), TimeSpan.FromMinutes(2));

        Assert.Equal(Enumerable.Range(4, 13).Select(i => $"Story {i}").Order(StringComparer.Ordinal), Titles());
        Assert.Null((await StateAsync(live)).History);
        await AddsUpAsync(live);
    }

    [Fact]
    public async Task An_entry_that_stands_on_top_of_every_document_hides_no_gap_and_closes_none()
    {
        _pinned = true;
        Documents("next");
        await using var live = await StartAsync(new FeedSettings { Url = Site.Url("/feed") });
        await live.PassAsync(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(5));

        _published = 13;
        await live.PassAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(1));

        Assert.Equal(Enumerable.Range(4, 9).Append(0).Select(i => $"Story {i}").Order(StringComparer.Ordinal), Titles());
        Assert.DoesNotContain("/feed/5", Site.Paths);
        await AddsUpAsync(live);
    }

    [Fact]
    public async Task A_gap_that_cannot_be_closed_is_said()
    {
        Documents("alternate");
        await using var live = await StartAsync(new FeedSettings { Url = Site.Url("/feed") });
        await live.PassAsync(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(5));

        _published = 13;
        await live.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5));

        Assert.Contains("names no document with earlier ones", (await StateAsync(live)).HistoryProblem!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_earlier_document_that_fails_is_tried_again_then_left_and_said()
    {
        Site.Status("/feed/2", 500);
        await using var live = await StartAsync(new FeedSettings { Url = Site.Url("/feed"), History = 3 });

        await live.PassAsync(TimeSpan.FromHours(12), TimeSpan.FromMinutes(5));

        var state = await StateAsync(live);
        Assert.Null(state.History);
        Assert.Contains("/feed/2", state.HistoryProblem!, StringComparison.Ordinal);
        Assert.Equal(FeedHistory.MostFailures, Site.Paths.Count(p => p == "/feed/2"));
        Assert.Equal(["Story 4", "Story 5"], Titles());
    }

    [Fact]
    public async Task An_earlier_document_that_is_a_feed_of_the_list_is_left_to_its_own_polls()
    {
        await using var live = await StartAsync(new FeedSettings { Url = Site.Url("/feed"), History = 5 }, new FeedSettings { Url = Site.Url("/feed/2") });

        await live.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(1));

        Assert.Equal(["Story 2", "Story 3", "Story 4", "Story 5"], Titles());
        Assert.DoesNotContain("/feed/3", Site.Paths);
    }

    [Fact]
    public async Task The_list_holds_for_a_feed_behind_a_redirect_and_for_its_earlier_documents_also_in_a_replay()
    {
        Site.Redirect("/moved", "/feed");
        var feed = new FeedSettings { Url = Site.Url("/moved"), History = 9, Rights = "no text mining", Exclude = ["*Story 3*"] };
        await using var live = await StartAsync(feed);

        await live.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(1));

        Assert.Equal(["Story 0", "Story 1", "Story 2", "Story 4", "Story 5"], Titles());
        Assert.All(ReplayRun.Records(Folder["store"]), r => Assert.Equal("no text mining", r.GetProperty("feed").GetProperty("rights").GetString()));
        await AddsUpAsync(live, new([feed]));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    public async Task A_feed_that_moves_stays_the_same_feed_live_and_in_a_replay(int status)
    {
        // Their headlines are all that there is of them, so that each edition is an article's.
        Site.Status("/story/4", 404).Status("/story/5", 404);
        await using var live = await StartAsync(new FeedSettings { Url = Site.Url("/feed") });
        await live.PassAsync(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(5));

        Documents("prev-archive", first: "/moved");
        Site.Redirect("/feed", "/moved", status);
        _edition = ", revised";
        await live.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5));
        _edition = ", revised again";
        await live.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5));

        Assert.Equal(2 * 3, await live.Store.ListAsync("articles/").CountAsync());
        await AddsUpAsync(live);
    }

    private async Task<LivePipeline> StartAsync(params FeedSettings[] feeds)
    {
        var live = new LivePipeline(new FolderBlobStore(Folder["store"]), Queues.Queue, Site.Host, Time);
        await live.StartAsync(new(feeds));
        return live;
    }

    // /feed shows the two latest, /feed/2 the two before, and so on.
    private void Documents(string relation, string first = "/feed")
    {
        for (var n = 1; n <= 12; n++)
        {
            var page = n;
            Site.On(page == 1 ? first : $"/feed/{page}", context =>
            {
                IEnumerable<int> shown = [.. _pinned ? [0] : Array.Empty<int>(), .. Enumerable.Range(0, _published).Reverse().Skip((page - 1) * 2).Take(2)];
                var items = shown.Select(i => string.Create(
                    CultureInfo.InvariantCulture,
                    $"<entry><id>{i}</id><title>Story {i}{_edition}</title><published>2026-03-14T10:{i:00}:00Z</published><link href=\"{Site.Url($"/story/{i}")}\"/></entry>"));
                var link = _published > page * 2
                    ? $"<link rel=\"{relation}\" href=\"{Site.Url(string.Create(CultureInfo.InvariantCulture, $"/feed/{page + 1}"))}\"/>"
                    : "";
                context.Response.ContentType = "application/atom+xml";
                return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                    context.Response,
                    $"<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>{WebUtility.HtmlEncode("The Post")}</title>{link}{string.Concat(items)}</feed>");
            });
        }
    }

    private IEnumerable<string> Titles() =>
        ReplayRun.Records(Folder["store"]).Select(r => r.GetProperty("title").GetProperty("value").GetString()!).Order(StringComparer.Ordinal);

    private async Task<FeedState> StateAsync(LivePipeline live) =>
        (await new FeedStates(live.Store).ReadAsync(new FeedSettings { Url = Site.Url("/feed") }.Id, default)).State!;

    private async Task AddsUpAsync(LivePipeline live, FeedList? feeds = null)
    {
        var (entries, requests, pending, ended) = await live.LedgerAsync();
        Assert.Equal((requests, 0, requests), (entries, pending, ended));
        feeds ??= FeedList.Read((await live.Store.ReadAsync(FeedList.StoreName))!.Content).List;
        var again = new FolderBlobStore(Folder["again"]);
        Assert.True((await live.ReplayAsync(again, Folder["tmp"], feeds)).AddsUp);
        Assert.Equal(await LivePipeline.WrittenAsync(live.Store), await LivePipeline.WrittenAsync(again));
    }
}
