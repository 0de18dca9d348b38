using IngestPipeline.Archive;
using IngestPipeline.Extraction;
using IngestPipeline.Fetching;
using IngestPipeline.Pipeline;
using IngestPipeline.Records;
using IngestPipeline.Tests.Fetching;
using IngestPipeline.Tests.Shared;

namespace IngestPipeline.Tests.Pipeline.Pages;

/// <summary>Articles from live pages, each compared with what a replay of the captures makes of them.</summary>
public sealed class WholePageTests : IAsyncLifetime, IAsyncDisposable
{
    private LoopbackSite _site = null!;
    private TestFetching _fetching = null!;

    public async Task InitializeAsync()
    {
        _site = await LoopbackSite.StartAsync();
        _fetching = new TestFetching(TestFetching.Options(_site.Host));
    }

    public async Task DisposeAsync()
    {
        await _fetching.DisposeAsync();
        await _site.DisposeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    [Fact]
    public async Task Pages_of_one_article_are_joined()
    {
        var story = TestWeb.Story(1);
        _site.Page("/storm", Article("Storm reaches the islands", "<link rel=next href='/storm/2'>", story[0], story[1]))
            .Page("/storm/2", Article("Storm reaches the islands", "<link rel=next href='/storm/3'>", story[0], story[2]))
            .Page("/storm/3", Article("Storm reaches the islands", "<link rel=next href='/flood'>", story[3], story[4]));
        var result = await IngestAsync("/storm");
        Assert.Equal(Disposition.Written, result.Disposition);
        Assert.Equal(
            story.Order(StringComparer.Ordinal),
            result.Article!.Text.Split("\n\n").Where(p => p.Contains("story 1 part", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(["pages-joined"], result.Article.Flags);
        Assert.Equal(_site.Url("/storm").AbsoluteUri, result.Article.Raw!.Url);
        Assert.Equal(["/robots.txt", "/storm", "/storm/2", "/storm/3"], _site.Paths);
    }

    [Fact]
    public async Task The_next_article_is_not_the_next_page()
    {
        _site.Page("/storm", Article("Storm reaches the islands", "<link rel=next href='/flood'>", TestWeb.Story(2)));
        var result = await IngestAsync("/storm");
        Assert.Equal(Disposition.Written, result.Disposition);
        Assert.Equal(["/robots.txt", "/storm"], _site.Paths);
    }

    [Fact]
    public async Task A_page_that_is_missing_is_said_to_be_also_where_it_comes_later()
    {
        var story = TestWeb.Story(3);
        _site.Page("/storm", Article("Storm reaches the islands", "<link rel=next href='/storm?page=2'>", story[0], story[1])).Status("/storm?page=2", 503);
        var first = await IngestAsync("/storm");
        Assert.Equal(["pages-missing"], first.Article!.Flags);

        // A revisit an hour later finds it; a replay of the first visit still does not.
        var time = new TestClock(TimeProvider.System.GetUtcNow().AddHours(1));
        await using var later = LiveWeb.Create(_fetching.Store, TestFetching.Options(_site.Host), time);
        _site.Page("/storm?page=2", Article("Storm reaches the islands", "", story[2]));
        var second = await new ArticleIngest(later.Fetcher, new ArticleExtractor(), new()).ProcessAsync(Request("/storm"), default);
        Assert.Equal(["pages-joined"], second.Article!.Flags);
        await AssertReplaysAsync(Request("/storm"), first);
        await AssertReplaysAsync(Request("/storm") with { AsOf = time.GetUtcNow().AddMinutes(-1) }, second);
    }

    [Fact]
    public async Task A_second_page_that_brings_nothing_new_is_no_part()
    {
        var story = TestWeb.Story(8);
        _site.Page("/storm", Article("Storm reaches the islands", "<link rel=next href='/storm?page=2'>", story))
            .Page("/storm?page=2", Article("Storm reaches the islands", "<link rel=next href='/storm?page=3'>", story));
        Assert.Empty((await IngestAsync("/storm")).Article!.Flags);
        Assert.Equal(["/robots.txt", "/storm", "/storm?page=2"], _site.Paths);
    }

    [Fact]
    public async Task Ten_pages_are_read_and_an_eleventh_is_said_to_be_missing()
    {
        for (var page = 1; page <= 11; page++)
            _site.Page(
                page == 1 ? "/storm" : $"/storm/{page}",
                Article("Storm reaches the islands", $"<link rel=next href='/storm/{page + 1}'>", TestWeb.Story(20 + page)));
        Assert.Equal(["pages-joined", "pages-missing"], (await IngestAsync("/storm")).Article!.Flags);
        Assert.Equal(11, _site.Requests.Count);
    }

    [Theory]
    [InlineData("<link rel=next href='http://127.0.0.1:PORT/storm/2'>")]
    [InlineData("<link rel=amphtml href='http://127.0.0.1:PORT/amp/storm'>")]
    [InlineData("<meta http-equiv=refresh content='0;url=http://127.0.0.1:PORT/storm'>")]
    public async Task No_address_in_a_page_leads_inside(string link)
    {
        await using var inner = RawServer.Of("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        _site.Page(
            "/storm",
            $"<!doctype html><html><head>{link.Replace("PORT", inner.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)}</head><body><div id=app></div></body></html>");
        var result = await IngestAsync("/storm");
        Assert.NotEqual(Disposition.Written, result.Disposition);
        Assert.Equal(0, inner.Connections);
    }

    [Fact]
    public async Task A_meta_refresh_is_followed_like_a_redirect()
    {
        _site.Page(
            "/old", "<!doctype html><html><head><meta http-equiv=refresh content='0;url=/new'><title>Moved</title></head><body><p>Moved.</p></body></html>")
            .Page("/new", Article("Storm reaches the islands", "", TestWeb.Story(4)));
        var result = await IngestAsync("/old");
        Assert.Equal(Disposition.Written, result.Disposition);
        Assert.Equal(_site.Url("/new").AbsoluteUri, result.Article!.FinalUrl);
        Assert.Equal(ArticleUrl.TryCreate(_site.Url("/old"))!.Id, result.Article.Id);
    }

    [Fact]
    public async Task A_meta_refresh_to_an_inner_address_is_refused()
    {
        _site.Page(
            "/old",
            "<!doctype html><html><head><meta http-equiv=refresh content='0;url=http://169.254.169.254/latest'></head><body><p>Moved.</p></body></html>");
        var result = await IngestAsync("/old");
        Assert.Equal((Disposition.Refused, "the address is not a public one"), (result.Disposition, result.Reason));
    }

    [Fact]
    public async Task A_circle_of_refreshes_ends()
    {
        _site.Page("/a", "<html><head><meta http-equiv=refresh content='0;url=/b'></head><body></body></html>")
            .Page("/b", "<html><head><meta http-equiv=refresh content='0;url=/a'></head><body></body></html>");
        Assert.Equal(Disposition.NoText, (await IngestAsync("/a")).Disposition);
        Assert.Equal(4, _site.Requests.Count);
    }

    [Fact]
    public async Task A_page_without_text_gives_that_of_its_amp_form()
    {
        var story = TestWeb.Story(5);
        _site.Page(
            "/storm",
            "<!doctype html><html><head><title>Storm reaches the islands</title><link rel=amphtml href='/amp/storm'></head><body><div id=app></div><script>run()</script></body></html>")
            .Page("/amp/storm", Article("Storm reaches the islands", "<link rel=canonical href='/storm'>", story));
        var result = await IngestAsync("/storm");
        Assert.Equal(Disposition.Written, result.Disposition);
        Assert.Contains(story[4], result.Article!.Text, StringComparison.Ordinal);
        Assert.Equal(["text-from-variant"], result.Article.Flags);
    }

    [Fact]
    public async Task A_consent_page_is_no_article()
    {
        _site.Redirect("/storm", "/consent/collect?back=/storm").Page("/consent/collect?back=/storm", Plain("Before you go on", TestWeb.Story(6)));
        var result = await IngestAsync("/storm");
        Assert.Equal((Disposition.NoText, "a page that asks for consent stands before the article"), (result.Disposition, result.Reason));
    }

    [Fact]
    public async Task A_form_for_consent_is_said_to_stand_in_the_article_s_place()
    {
        _site.Page(
            "/storm",
            "<!doctype html><html><body><h1>We value your privacy</h1><form method=post action='https://consent.post.example/save'><button>Yes</button></form></body></html>");
        Assert.Equal("a page that asks for consent stands in place of the article", (await IngestAsync("/storm")).Reason);
    }

    [Fact]
    public async Task A_paywall_is_told_by_status_and_by_what_the_page_says_of_itself()
    {
        _site.Status("/paid", 402)
            .Page(
                "/marked",
                Article(
                    "Storm reaches the islands", "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}</script>",
                    TestWeb.Story(7)[0]));
        Assert.Equal(Disposition.Paywalled, (await IngestAsync("/paid")).Disposition);
        Assert.Equal(Disposition.Paywalled, (await IngestAsync("/marked")).Disposition);
    }

    [Theory]
    [InlineData("<meta http-equiv=refresh content='0; url=/final'>")]
    [InlineData("<link rel=amphtml href='/final'>")]
    public async Task A_page_that_another_led_to_is_no_capture_of_itself(string leads)
    {
        _site.Page("/alias", $"<!doctype html><html><head><title>A moment</title>{leads}</head><body></body></html>").Page(
            "/final", Article("Storm reaches the islands", "", TestWeb.Story(8)));
        Assert.Equal(Disposition.Written, (await IngestAsync("/alias")).Disposition);

        _site.Page("/final", Article("Storm has passed the islands", "", TestWeb.Story(9)));
        Assert.Contains(TestWeb.Story(9)[0], (await IngestAsync("/final")).Article!.Text, StringComparison.Ordinal);
    }

    private async Task<IngestResult> IngestAsync(string path)
    {
        var request = Request(path);
        var live = await new ArticleIngest(_fetching.Web.Fetcher, new ArticleExtractor(), new()).ProcessAsync(request, default);
        await AssertReplaysAsync(request, live);
        return live;
    }

    private async Task AssertReplaysAsync(ArticleRequest request, IngestResult live)
    {
        await using var archive = await _fetching.ArchiveAsync();
        using var fetcher = new PageFetcher(new ArchiveHandler(archive, failsAgain: true));
        var replayed = await new ArticleIngest(fetcher, new ArticleExtractor(), new()).ProcessAsync(request, default);
        Assert.Equal((live.Disposition, live.Reason), (replayed.Disposition, replayed.Reason));
        Assert.Equal(live.Article is null ? null : Json(live.Article), replayed.Article is null ? null : Json(replayed.Article));
    }

    private static string Json(Article article) => System.Text.Encoding.UTF8.GetString(ArticleJson.Write(article, "test"));

    private ArticleRequest Request(string path) => new(_site.Url(path), ArticleUrl.TryCreate(_site.Url(path)), DateTimeOffset.UnixEpoch);

    private static string Article(string title, string head, params string[] paragraphs) =>
        TestWeb.ArticleHtml(title, paragraphs).Replace("</head>", head + "</head>", StringComparison.Ordinal);

    private static string Plain(string title, params string[] paragraphs) =>
        $"<!doctype html><html><head><title>{title}</title></head><body><h1>{title}</h1>{string.Concat(paragraphs.Select(p => $"<p>{p}</p>"))}</body></html>";
}
