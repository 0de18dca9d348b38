using IngestPipeline.Fetching;
using Microsoft.AspNetCore.Http;

namespace IngestPipeline.Tests.Fetching;

public sealed class RedirectTests
{
    [Fact]
    public async Task Five_hops_are_followed_and_a_sixth_is_not()
    {
        await using var site = await LoopbackSite.StartAsync();
        for (var i = 0; i < 6; i++)
            site.Redirect($"/{i}", $"/{i + 1}");
        site.Page("/6", "the page");
        await using var fetching = new TestFetching(TestFetching.Options(site.Host));

        var five = await fetching.FetchAsync(site.Url("/1"));
        var six = await fetching.FetchAsync(site.Url("/0"));

        Assert.Equal((FetchStatus.Fetched, site.Url("/6")), (five.Status, five.FinalUrl));
        Assert.Equal((FetchStatus.Refused, "more than 5 redirects"), (six.Status, six.Reason));
        await Replays.AssertEqualAsync(fetching, site.Url("/1"), five);
    }

    [Fact]
    public async Task A_circle_is_left_at_once()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Redirect("/a", "/b").Redirect("/b", "/a#top");
        await using var fetching = new TestFetching(TestFetching.Options(site.Host));
        var result = await fetching.FetchAsync(site.Url("/a"));
        Assert.Equal("it redirects in a circle", result.Reason);
        Assert.Equal(["/robots.txt", "/a", "/b"], site.Paths);
        await Replays.AssertEqualAsync(fetching, site.Url("/a"), result);
    }

    [Theory]
    [InlineData("ftp://post.example/a")]
    [InlineData("file:///etc/passwd")]
    [InlineData("data:text/html,hi")]
    [InlineData("javascript:alert(1)")]
    public async Task Another_scheme_is_not_followed(string to)
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Redirect("/a", to);
        await using var fetching = new TestFetching(TestFetching.Options(site.Host));
        var result = await fetching.FetchAsync(site.Url("/a"));
        Assert.Equal((FetchStatus.Refused, "it redirects to an address that is not http or https"), (result.Status, result.Reason));
        await Replays.AssertEqualAsync(fetching, site.Url("/a"), result);
    }

    [Fact]
    public async Task Credentials_stay_at_their_origin_and_out_of_the_capture()
    {
        await using var site = await LoopbackSite.StartAsync();
        await using var other = await LoopbackSite.StartAsync();
        site.Redirect("/feed", "/moved").Redirect("/moved", other.Url("/away").AbsoluteUri);
        other.Redirect("/away", site.Url("/home").AbsoluteUri);
        site.Page("/home", "text");
        await using var fetching = new TestFetching(TestFetching.Options(site.Host, other.Host));
        var request = new FetchRequest(site.Url("/feed")) { Headers = [new("Authorization", "Bearer canary-1"), new("X-Api-Key", "canary-2")] };
        Assert.Equal(FetchStatus.Fetched, (await fetching.Web.Fetcher.FetchAsync(request, default)).Status);

        Assert.Equal(["/feed", "/moved"], site.Requests.Where(r => r.Headers.ContainsKey("Authorization")).Select(r => r.Path));
        Assert.Equal(["/feed", "/moved"], site.Requests.Where(r => r.Headers.ContainsKey("X-Api-Key")).Select(r => r.Path));
        Assert.DoesNotContain(other.Requests, r => r.Headers.ContainsKey("Authorization") || r.Headers.ContainsKey("X-Api-Key"));
        var captured = await fetching.CapturedTextAsync();
        Assert.Contains("/home", captured, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", captured, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301, 308, true)]
    [InlineData(301, 302, false)]
    [InlineData(307, 301, false)]
    [InlineData(308, 303, false)]
    public async Task An_address_has_moved_only_where_every_hop_is_permanent(int first, int second, bool moved)
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Redirect("/old", "/middle", first).Redirect("/middle", "/new", second).Page("/new", "text");
        await using var fetching = new TestFetching(TestFetching.Options(site.Host));
        var result = await fetching.FetchAsync(site.Url("/old"));
        Assert.Equal(moved ? site.Url("/new") : null, result.MovedTo);
        await Replays.AssertEqualAsync(fetching, site.Url("/old"), result);
    }

    [Fact]
    public async Task Says_who_asks_and_keeps_no_cookies()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/a", context =>
        {
            context.Response.Cookies.Append("session", "1");
            return context.Response.WriteAsync("text");
        });
        await using var fetching = new TestFetching(TestFetching.Options(site.Host));
        await fetching.FetchAsync(site.Url("/a"));
        await fetching.FetchAsync(site.Url("/a"));
        Assert.All(site.Requests, r => Assert.Equal("IngestPipeline/0.1 (+ops@post.example)", r.Headers["User-Agent"]));
        Assert.DoesNotContain(site.Requests, r => r.Headers.ContainsKey("Cookie"));
        Assert.Equal("gzip, deflate, br", site.Requests[0].Headers["Accept-Encoding"]);
    }
}
