using IngestPipeline.Tests.Fetching;
using Microsoft.AspNetCore.Http;

namespace IngestPipeline.Tests.Cli;

public sealed class FeedsOnlineCommandTests
{
    private const string Rss = "<rss version='2.0'><channel><title>Harbour</title><item><title>One</title><link>https://a.example/1</link><pubDate>Mon, 01 Jan 2024 00:00:00 GMT</pubDate></item></channel></rss>";

    [Fact]
    public async Task Check_says_in_words_what_is_wrong_with_each_feed()
    {
        await using var one = await LoopbackSite.StartAsync();
        await using var two = await LoopbackSite.StartAsync();
        one.Page("/old.xml", Rss);
        two.Page("/page", "<html><body>Hello</body></html>");

        var run = await CliRun.RunAsync("feeds", "check", one.Url("/old.xml").AbsoluteUri, two.Url("/page").AbsoluteUri, "--allow-host", "127.0.0.1");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"works  {one.Url("/old.xml")}  Rss, 1 entries", run.Output, StringComparison.Ordinal);
        Assert.Contains("the newest entry is of 2024-01-01", run.Output, StringComparison.Ordinal);
        Assert.Contains($"FAILS  {two.Url("/page")}", run.Output, StringComparison.Ordinal);
        Assert.Contains("web page, not a feed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_private_address_is_refused_unless_it_is_allowed()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Page("/feed", Rss);

        var run = await CliRun.RunAsync("feeds", "check", site.Url("/feed").AbsoluteUri);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("FAILS", run.Output, StringComparison.Ordinal);
        Assert.Empty(site.Requests);
    }

    [Fact]
    public async Task Discover_finds_what_the_page_names_and_says_where()
    {
        await using var site = await LoopbackSite.StartAsync();
        await using var feeds = await LoopbackSite.StartAsync();
        site.Page("/", $"<head><link rel=alternate type='application/rss+xml' href='{feeds.Url("/feed.xml")}'></head>");
        feeds.Page("/feed.xml", Rss);

        var run = await CliRun.RunAsync("feeds", "discover", site.Root.AbsoluteUri, "--most", "1", "--allow-host", "127.0.0.1");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"{feeds.Url("/feed.xml")}  Harbour  Rss, 1 entries; the page names it", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_is_its_own_discovery()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Page("/feed", Rss);

        var run = await CliRun.RunAsync("feeds", "discover", site.Url("/feed").AbsoluteUri, "--json", "--allow-host", "127.0.0.1");

        Assert.Contains("\"from\":\"the address itself\"", Assert.Single(run.Lines), StringComparison.Ordinal);
    }
}
