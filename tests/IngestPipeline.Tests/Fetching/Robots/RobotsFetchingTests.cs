using IngestPipeline.Fetching;
using IngestPipeline.Tests.Shared;
using Microsoft.AspNetCore.Http;

namespace IngestPipeline.Tests.Fetching.Robots;

public sealed class RobotsFetchingTests
{
    [Fact]
    public async Task Asks_once_a_day_and_never_what_is_disallowed()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Page("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain").Page("/open", "text").Page("/private/a", "secret");
        await using var fetching = new TestFetching(TestFetching.Options(site.Host));
        var closed = await fetching.FetchAsync(site.Url("/private/a"));
        var open = await fetching.FetchAsync(site.Url("/open"));

        Assert.Equal((FetchStatus.Disallowed, "robots.txt disallows /private"), (closed.Status, closed.Reason));
        Assert.Equal(FetchStatus.Fetched, open.Status);
        Assert.Equal(["/robots.txt", "/open"], site.Paths);
        await Replays.AssertEqualAsync(fetching, site.Url("/private/a"), closed);
        await Replays.AssertEqualAsync(fetching, site.Url("/open"), open);

        // Another instance on the same store knows it too.
        await using var other = LiveWeb.Create(fetching.Store, TestFetching.Options(site.Host), TimeProvider.System);
        Assert.Equal(FetchStatus.Disallowed, (await other.Fetcher.FetchAsync(new(site.Url("/private/b")), default)).Status);
        Assert.Equal(2, site.Requests.Count);
    }

    [Fact]
    public async Task Is_asked_once_however_many_want_a_page_at_that_moment()
    {
        await using var site = await LoopbackSite.StartAsync();
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        site.On("/robots.txt", async context =>
        {
            asked.SetResult();
            await answer.Task;
            context.Response.StatusCode = 404;
        }).Page("/a", "text").Page("/b", "text");
        await using var fetching = new TestFetching(TestFetching.Options(site.Host));
        var first = fetching.FetchAsync(site.Url("/a"));
        await asked.Task;

        var second = await fetching.FetchAsync(site.Url("/b"));
        answer.SetResult();

        Assert.Equal((FetchStatus.Deferred, "its robots.txt is being asked for"), (second.Status, second.Reason));
        Assert.Equal(FetchStatus.Fetched, (await first).Status);
        Assert.Equal(FetchStatus.Fetched, (await fetching.FetchAsync(site.Url("/b"))).Status);
        Assert.Equal(["/robots.txt", "/a", "/b"], site.Paths);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    public async Task A_client_error_means_that_all_is_allowed(int status)
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Status("/robots.txt", status).Page("/a", "text");
        await using var fetching = new TestFetching(TestFetching.Options(site.Host));
        Assert.Equal(FetchStatus.Fetched, (await fetching.FetchAsync(site.Url("/a"))).Status);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_server_error_means_to_wait(int status)
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Status("/robots.txt", status).Page("/a", "text");
        var time = new TestClock();
        await using var fetching = new TestFetching(TestFetching.Options(site.Host), time);
        var result = await fetching.FetchAsync(site.Url("/a"));
        Assert.Equal(FetchStatus.Unavailable, result.Status);
        Assert.Equal($"robots.txt cannot be had, so nothing is fetched: the server answered {status}", result.Reason);
        Assert.True(result.NotBefore > time.GetUtcNow().AddMinutes(5));
        Assert.Equal(["/robots.txt"], site.Paths);
        await Replays.AssertEqualAsync(fetching, site.Url("/a"), result);
    }

    [Fact]
    public async Task What_a_file_said_holds_for_a_month_while_it_cannot_be_had()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Page("/robots.txt", "User-agent: *\nDisallow: /private", "text/plain").Page("/open", "text");
        var time = new TestClock(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        await using var fetching = new TestFetching(TestFetching.Options(site.Host), time);
        await fetching.FetchAsync(site.Url("/open"));

        site.Status("/robots.txt", 500);
        time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(FetchStatus.Disallowed, (await fetching.FetchAsync(site.Url("/private"))).Status);
        Assert.Equal(FetchStatus.Fetched, (await fetching.FetchAsync(site.Url("/open"))).Status);
        time.Advance(TimeSpan.FromDays(31));
        Assert.Equal(FetchStatus.Unavailable, (await fetching.FetchAsync(site.Url("/open"))).Status);
        Assert.Equal(3, site.Paths.Count(p => p == "/robots.txt"));
    }

    [Fact]
    public async Task Is_asked_again_after_a_day()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Page("/robots.txt", "User-agent: *\nDisallow: /a", "text/plain").Page("/a", "text");
        var time = new TestClock(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        await using var fetching = new TestFetching(TestFetching.Options(site.Host), time);
        Assert.Equal(FetchStatus.Disallowed, (await fetching.FetchAsync(site.Url("/a"))).Status);
        site.Status("/robots.txt", 404);
        time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(FetchStatus.Disallowed, (await fetching.FetchAsync(site.Url("/a"))).Status);
        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(FetchStatus.Fetched, (await fetching.FetchAsync(site.Url("/a"))).Status);
    }

    [Fact]
    public async Task Follows_redirects_to_another_host_and_takes_too_many_for_none()
    {
        await using var site = await LoopbackSite.StartAsync();
        await using var other = await LoopbackSite.StartAsync();
        other.Page("/rules", "User-agent: *\nDisallow: /a", "text/plain");
        site.Redirect("/robots.txt", other.Url("/rules").AbsoluteUri).Page("/a", "text");
        await using var fetching = new TestFetching(TestFetching.Options(site.Host, other.Host));
        Assert.Equal(FetchStatus.Disallowed, (await fetching.FetchAsync(site.Url("/a"))).Status);

        await using var endless = await LoopbackSite.StartAsync();
        for (var i = 0; i < 7; i++)
            endless.Redirect(i == 0 ? "/robots.txt" : $"/{i}", $"/{i + 1}");
        endless.Page("/a", "text");
        await using var next = new TestFetching(TestFetching.Options(endless.Host));
        Assert.Equal(FetchStatus.Fetched, (await next.FetchAsync(endless.Url("/a"))).Status);
    }

    [Fact]
    public async Task Is_asked_on_every_hop()
    {
        await using var site = await LoopbackSite.StartAsync();
        await using var other = await LoopbackSite.StartAsync();
        site.Redirect("/a", other.Url("/b").AbsoluteUri);
        other.Page("/robots.txt", "User-agent: *\nDisallow: /b", "text/plain").Page("/b", "text");
        await using var fetching = new TestFetching(TestFetching.Options(site.Host, other.Host));
        var result = await fetching.FetchAsync(site.Url("/a"));
        Assert.Equal(FetchStatus.Disallowed, result.Status);
        Assert.Equal(["/robots.txt"], other.Paths);
        await Replays.AssertEqualAsync(fetching, site.Url("/a"), result);
    }

    [Fact]
    public async Task Crawl_delay_is_the_gap_where_it_is_longer()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Page("/robots.txt", "User-agent: *\nCrawl-delay: 30", "text/plain").Page("/a", "text").Page("/b", "text");
        var time = new TestClock(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
        await using var fetching = new TestFetching(TestFetching.Options(site.Host), time);
        await fetching.FetchAsync(site.Url("/a"));
        time.Advance(TimeSpan.FromSeconds(20));
        var early = await fetching.FetchAsync(site.Url("/b"));
        Assert.Equal(FetchStatus.Deferred, early.Status);
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromSeconds(10), early.NotBefore);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(FetchStatus.Fetched, (await fetching.FetchAsync(site.Url("/b"))).Status);
    }
}
