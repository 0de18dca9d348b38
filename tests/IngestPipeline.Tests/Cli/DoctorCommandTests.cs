using System.Text.Json;
using IngestPipeline.Hosting;
using IngestPipeline.Tests.Fetching;
using IngestPipeline.Tests.Pipeline;
using Microsoft.AspNetCore.Http;

namespace IngestPipeline.Tests.Cli;

public sealed class DoctorCommandTests : IAsyncLifetime, IAsyncDisposable
{
    private const string Feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Post</title><item><title>One</title><link>https://post.example/one</link><pubDate>Sun, 01 Mar 2026 07:00:00 GMT</pubDate></item></channel></rss>";
    private LoopbackSite _site = null!;

    public async Task InitializeAsync() => _site = await LoopbackSite.StartAsync();

    public async Task DisposeAsync() => await _site.DisposeAsync();

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    [Fact]
    public async Task Says_of_a_good_feed_that_it_works()
    {
        _site.On("/feed.xml", context =>
        {
            context.Response.Headers.ETag = "\"1\"";
            context.Response.ContentType = "application/rss+xml";
            if (context.Request.Headers.IfNoneMatch != "\"1\"")
                return context.Response.WriteAsync(Feed);
            context.Response.StatusCode = 304;
            return Task.CompletedTask;
        });
        var run = await DoctorAsync("/feed.xml");
        Assert.Equal(0, run.ExitCode);
        Assert.Equal("it works", run.Lines[^1]);
        Assert.Contains(run.Lines, l => l.Contains("a feed (Rss) called The Post", StringComparison.Ordinal));
        Assert.Contains(run.Lines, l => l.EndsWith("1 entries, 1 with a link, the newest of 2026-03-01 07:00 UTC", StringComparison.Ordinal));
        Assert.Contains(run.Lines, l => l.EndsWith("ETag; asked again with them, it answers 304", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Prints_the_steps_as_json()
    {
        _site.Redirect("/old.xml", "/feed.xml", 301).Page("/feed.xml", Feed, "application/rss+xml");
        var run = await DoctorAsync("/old.xml", "--json");
        using var json = JsonDocument.Parse(Assert.Single(run.Lines));
        Assert.True(json.RootElement.GetProperty("works").GetBoolean());
        var steps = json.RootElement.GetProperty("steps")
            .EnumerateArray()
            .ToDictionary(s => s.GetProperty("step").GetString()!, s => (s.GetProperty("outcome").GetString(), s.GetProperty("text").GetString()));
        Assert.Equal(["address", "robots.txt", "answer", "redirects", "charset", "format", "entries", "validators"], steps.Keys);
        Assert.Equal("warning", steps["redirects"].Item1);
        Assert.StartsWith($"the address has moved for good: write {_site.Url("/feed.xml")} instead", steps["redirects"].Item2, StringComparison.Ordinal);
        Assert.Equal(("warning", "neither ETag nor Last-Modified: every poll fetches all of it"), steps["validators"]);
    }

    [Fact]
    public async Task Says_what_it_takes_from_a_page()
    {
        _site.Page("/storm", TestWeb.ArticleHtml("Storm reaches the islands", TestWeb.Story(1)));
        var run = await DoctorAsync("/storm");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(run.Lines, l => l.Contains("Storm reaches the islands: ", StringComparison.Ordinal) && l.Contains(" words", StringComparison.Ordinal));
        Assert.Contains(run.Lines, l => l.Contains("charset", StringComparison.Ordinal) && l.EndsWith("utf-8", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Names_the_feeds_of_a_page_that_is_no_article()
    {
        _site.Page("/", "<!doctype html><html><head><link rel=alternate type=application/rss+xml href=/feed.xml></head><body><p>Welcome.</p></body></html>");
        var run = await DoctorAsync("/");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"feeds that it names: {_site.Url("/feed.xml")}", run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_that_robots_txt_forbids_it()
    {
        _site.Page("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain");
        var run = await DoctorAsync("/private/feed.xml");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("it does not work: it forbids this address (Disallow: /private); ask the site's owner for leave", run.Lines[^1]);
        Assert.Equal(["/robots.txt"], _site.Paths);
    }

    [Theory]
    [InlineData(404, "the page is not there (any more)")]
    [InlineData(401, "the server wants credentials or money")]
    [InlineData(403, "ask the site's owner to let the pipeline's User-Agent in")]
    [InlineData(503, "the pipeline tries again")]
    public async Task Says_what_to_do_about_a_status(int status, string advice)
    {
        _site.Status("/feed.xml", status);
        var run = await DoctorAsync("/feed.xml");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"the server answered {status}", run.Lines[^1], StringComparison.Ordinal);
        Assert.Contains(advice, run.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_not_public_is_refused_with_the_way_to_allow_it()
    {
        var run = await CliRun.RunAsync("doctor", _site.Url("/feed.xml").AbsoluteUri);
        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith($"allow it: --allow-host {_site.Host}", run.Lines[^1], StringComparison.Ordinal);
        Assert.Empty(_site.Requests);
    }

    [Theory]
    [InlineData("doctor", "http://")]
    [InlineData("doctor", "https://post.example/", "--allow-host", "10.0.0.0/99")]
    [InlineData("doctor")]
    public async Task Mistakes_are_one_line_and_exit_code_2(params string[] args)
    {
        var run = await CliRun.RunAsync(args);
        Assert.Equal(2, run.ExitCode);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_password_in_an_address_is_not_printed_back()
    {
        var run = await CliRun.RunAsync("doctor", "https://user:canary@post.example/feed.xml");
        Assert.DoesNotContain("canary", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Contains("the address carries a user name", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_the_settings_allow_is_asked()
    {
        _site.Page("/page", TestWeb.ArticleHtml("A title", TestWeb.Story(1)));

        var run =
            await CliProcess.RunAsync(new Dictionary<string, string?> { [SettingNames.AllowHosts] = _site.Host }, "doctor", _site.Url("/page").AbsoluteUri);

        Assert.Equal(0, run.ExitCode);
    }

    private Task<CliRun> DoctorAsync(string path, params string[] more) =>
        CliRun.RunAsync(["doctor", _site.Url(path).AbsoluteUri, "--allow-host", _site.Host, .. more]);
}
