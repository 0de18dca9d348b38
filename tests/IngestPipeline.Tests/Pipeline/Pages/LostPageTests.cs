using IngestPipeline.Pipeline;
using IngestPipeline.Pipeline.Pages;
using IngestPipeline.Records;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Pipeline.Pages;

/// <summary>Pages that came in an article's place.</summary>
public sealed class LostPageTests : IDisposable
{
    private const string Title = "Ferry crews vote for a strike in April";
    private const string Link = "https://post.example/harbour/2026/ferry-crews-vote-for-strike-4711.html";

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("/", "The Post - news from the coast", "its link leads to the site's front page")]
    [InlineData("/index.html?utm_source=rss", "Welcome", "its link leads to the site's front page")]
    [InlineData("/en/", "Welcome", "its link leads to the site's front page")]
    [InlineData("/harbour/", "Harbour", "its link leads to a section's page")]
    [InlineData("/news/local", "Local news", "its link leads to a section's page")]
    public async Task A_link_that_leads_to_a_front_page_or_a_section_keeps_its_headline(string to, string heading, string reason)
    {
        var web = Web().Status(Link, 0.1, 301, "https://post.example" + to).Article("https://post.example" + to, 0.1, heading, TestWeb.Story(2));

        await IsLostAsync(web, reason);
    }

    [Theory]
    [InlineData("Page not found", "Try our search, or go back to the front page of this site, where you find today's reports from the harbour.")]
    [InlineData(
        "Seite nicht gefunden | Die Post",
        "Vielleicht hilft Ihnen unsere Suche weiter, oder Sie gehen zur Startseite und lesen dort, was heute im Hafen geschehen ist.")]
    [InlineData("Страница не найдена", "Воспользуйтесь поиском по сайту или вернитесь на главную страницу, где вы найдёте сегодняшние сообщения из порта.")]
    [InlineData("ページが見つかりません", "お手数ですが、検索をご利用いただくか、トップページに戻って今日の港のニュースをご覧ください。ご不便をおかけいたします。")]
    [InlineData(Title, "Sorry, this article is no longer available.")]
    public async Task A_page_that_says_that_it_is_not_there_keeps_the_headline(string heading, string text) =>
        await IsLostAsync(Web().Article(Link, 0.1, heading, text), "the page says that it is not there");

    [Fact]
    public async Task A_page_that_is_marked_as_missing_keeps_the_headline()
    {
        var html = TestWeb.ArticleHtml(
            "Something is not right",
            "The reporters of this paper looked in every drawer of the boathouse and could not say where it went. They are sorry, and suggest the tide tables.");

        await IsLostAsync(
            Web().Page(Link, 0.1, html.Replace("<body>", "<body class='wide error404'>", StringComparison.Ordinal)), "the page says that it is not there");
    }

    [Theory]
    [InlineData("https://post.example/", Title + " - The Post")]
    [InlineData("https://post.example/harbour", "Crews vote for a strike in April")]
    [InlineData("https://post.example/harbour/ferry-crews-to-strike-in-april", "What the crews of the ferries want")]
    [InlineData(null, "Page not found: why the crews of the ferries vote")]
    public async Task A_page_that_is_headed_like_the_entry_or_stands_at_an_articles_address_is_the_article(string? to, string heading)
    {
        var web = to is null ? Web() : Web().Status(Link, 0.1, 301, to);

        var summary = await ReplayRun.SummaryAsync(web.Article(to ?? Link, 0.1, heading, TestWeb.Story(2)).Save(_folder["a.warc"]), _folder["out"]);

        Assert.Equal(1, summary.Articles[Disposition.Written]);
    }

    [Fact]
    public async Task Without_a_feed_a_page_that_is_not_there_is_gone()
    {
        var web = new TestWeb()
            .Article(
                "https://post.example/a", 0, "Page not found",
                "Try our search, or go back to the front page of this site, where you find today's reports from the harbour.")
            .Article("https://post.example/b", 0, "Storm reaches the islands", TestWeb.Story(2));

        var summary = await ReplayRun.SummaryAsync(web.Save(_folder["a.warc"]), _folder["out"]);

        Assert.Equal((1, 1), (summary.Articles[Disposition.Gone], summary.Articles[Disposition.Written]));
    }

    [Theory]
    [InlineData("Storm: two hurt", "Storm: two hurt, one missing", true)]
    [InlineData("Two hurt in storm", "The Post", false)]
    [InlineData("Ferry crews vote for a strike", "Council rejects the new pier", false)]
    [InlineData("岛屿遭遇风暴", "岛屿遭遇风暴,两人受伤", true)]
    [InlineData("", "The Post", false)]
    [InlineData(null, null, false)]
    public void A_headline_is_known_by_most_of_its_letters(string? entry, string? page, bool expected) => Assert.Equal(expected, LostPage.IsNamed(entry, page));

    public void Dispose() => _folder.Dispose();

    private static TestWeb Web() => new TestWeb().Feed("https://post.example/feed", 0, (Title, Link));

    private async Task IsLostAsync(TestWeb web, string reason)
    {
        var summary = await ReplayRun.SummaryAsync(web.Save(_folder["a.warc"]), _folder["out"]);

        Assert.Equal(1, summary.Articles[Disposition.FeedOnly]);
        Assert.Equal(reason, Assert.Single(summary.Reasons).Reason);
        var record = Assert.Single(ReplayRun.Records(_folder["out"]));
        Assert.Equal((Title, "headline"), (record.GetProperty("title").GetProperty("value").GetString(), record.GetProperty("textFrom").GetString()));
    }
}
