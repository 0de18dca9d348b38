using IngestPipeline.Feeds;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Tests.Fetching;
using IngestPipeline.Tests.Shared;
using Microsoft.AspNetCore.Http;

namespace IngestPipeline.Tests.Feeds.Polling;

/// <summary>Polls a real server on the loopback interface under a clock that only the test moves.</summary>
public sealed class FeedPollerTests : IAsyncLifetime
{
    private const string Rss = """
        <rss version="2.0"><channel><title>Harbour</title><item><guid>1</guid><title>One</title><link>https://a.example/1</link></item></channel></rss>
        """;

    private readonly TestClock _time = new(new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero));
    private LoopbackSite _site = null!;
    private TestFetching _web = null!;
    private FeedPoller _poller = null!;

    public async Task InitializeAsync()
    {
        _site = await LoopbackSite.StartAsync();
        _web = new(TestFetching.Options(_site.Host), _time);
        _poller = new(_web.Web.Fetcher, new FeedReader(), _time, new());
    }

    public async Task DisposeAsync()
    {
        await _web.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task Validators_are_sent_back_exactly_as_they_came_and_a_304_is_no_change()
    {
        _site.On("/feed", context =>
        {
            context.Response.Headers.ETag = "W/\"odd \u00fc\"".Replace("\u00fc", "u", StringComparison.Ordinal);
            context.Response.Headers.LastModified = "Sat, 14 Mar 2026 10:00:00 +0000 (as we write it)";
            if (context.Request.Headers.IfNoneMatch.Count == 0)
                return context.Response.WriteAsync(Rss);
            context.Response.StatusCode = 304;
            return Task.CompletedTask;
        });

        var first = await PollAsync("/feed");
        Assert.Equal((PollKind.Read, 1), (first.Kind, first.Document!.Entries.Count));
        var second = await PollAsync("/feed", first.NextState([]));

        Assert.Equal(PollKind.NotModified, second.Kind);
        var asked = Asked("/feed")[1];
        Assert.Equal("W/\"odd u\"", asked.Headers["If-None-Match"]);
        Assert.Equal("Sat, 14 Mar 2026 10:00:00 +0000 (as we write it)", asked.Headers["If-Modified-Since"]);
    }

    [Fact]
    public async Task Validators_that_a_304_or_an_equal_body_changes_are_kept()
    {
        var served = 0;
        _site.On("/feed", context =>
        {
            context.Response.Headers.ETag = $"\"{++served}\"";
            return context.Response.WriteAsync(Rss);
        });

        var first = await PollAsync("/feed");
        var second = await PollAsync("/feed", first.NextState([]));
        await PollAsync("/feed", second.NextState([]));

        Assert.Equal(PollKind.Same, second.Kind);
        Assert.Equal("\"2\"", Asked("/feed")[2].Headers["If-None-Match"]);
    }

    [Fact]
    public async Task An_answer_with_the_validators_that_were_sent_counts_as_unmodified()
    {
        var served = 0;
        _site.On("/feed", context =>
        {
            context.Response.Headers.ETag = "\"same\"";
            return context.Response.WriteAsync(Rss + $"<!-- {served++} -->");
        });

        var first = await PollAsync("/feed");

        Assert.Equal(PollKind.NotModified, (await PollAsync("/feed", first.NextState([]))).Kind);
    }

    [Fact]
    public async Task Validators_of_an_answer_that_expires_at_0_are_not_believed()
    {
        _site.On("/feed", context =>
        {
            context.Response.Headers.ETag = "\"old\"";
            context.Response.Headers.Expires = "0";
            return context.Response.WriteAsync(Rss);
        });

        var first = await PollAsync("/feed");
        await PollAsync("/feed", first.NextState([]));

        Assert.DoesNotContain("If-None-Match", Asked("/feed")[1].Headers.Keys);
    }

    [Fact]
    public async Task A_feed_that_answers_304_for_ever_is_asked_in_full_once_a_week()
    {
        _site.On("/feed", context =>
        {
            context.Response.Headers.ETag = "\"e\"";
            context.Response.StatusCode = context.Request.Headers.IfNoneMatch.Count > 0 ? 304 : 200;
            return context.Response.StatusCode == 304 ? Task.CompletedTask : context.Response.WriteAsync(Rss);
        });

        var state = (await PollAsync("/feed")).NextState([]);
        for (var day = 0; day < 8; day++)
        {
            _time.Advance(TimeSpan.FromDays(1));
            state = (await PollAsync("/feed", state)).NextState([]);
        }

        Assert.Equal(2, Asked("/feed").Count(a => !a.Headers.ContainsKey("If-None-Match")));
    }

    [Theory]
    [InlineData("<ttl>120</ttl>", null, null, 120)]
    [InlineData("", "max-age=7200", null, 120)]
    [InlineData("", null, "Sat, 14 Mar 2026 15:00:00 GMT", 180)]
    [InlineData("<ttl>60</ttl>", "max-age=10800", null, 180)]
    [InlineData("<ttl>99999</ttl>", null, null, 1440)]
    [InlineData("<skipHours><hour>12</hour><hour>13</hour><hour>14</hour><hour>15</hour><hour>16</hour></skipHours>", null, null, 300)]
    [InlineData("<skipDays><day>Saturday</day></skipDays>", null, null, 720)]
    public async Task The_feed_and_its_server_may_ask_for_a_longer_wait(string channel, string? cacheControl, string? expires, int minutes)
    {
        _site.On("/feed", context =>
        {
            if (cacheControl is not null)
                context.Response.Headers.CacheControl = cacheControl;
            if (expires is not null)
                context.Response.Headers.Expires = expires;
            return context.Response.WriteAsync(Rss.Replace("<item>", channel + "<item>", StringComparison.Ordinal));
        });

        var next = (await PollAsync("/feed")).NextState([]).NextPoll!.Value;

        Assert.InRange((next - _time.GetUtcNow()).TotalMinutes, minutes, minutes + (minutes < 300 ? 60 : 0));
    }

    [Theory]
    [InlineData("3600", 60)]
    [InlineData("Sat, 14 Mar 2026 16:00:00 GMT", 240)]
    [InlineData("soon", 10)]
    public async Task A_busy_server_is_left_alone_as_long_as_it_asks_and_an_unreadable_wish_means_ten_minutes(string retryAfter, int minutes)
    {
        _site.Status("/feed", 429, ("Retry-After", retryAfter));

        var poll = await PollAsync("/feed");
        var state = poll.NextState([]);

        Assert.Equal((PollKind.Failed, FeedHealth.Failing), (poll.Kind, state.Health));
        Assert.True(state.NextPoll - _time.GetUtcNow() >= TimeSpan.FromMinutes(minutes));
        Assert.Contains("429", state.Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_back_off_a_long_run_of_them_is_called_dead_and_a_success_clears_them()
    {
        _site.Status("/feed", 404);
        var state = FeedState.Of(Feed("/feed"));
        var waits = new List<double>();
        for (var n = 0; n < 12; n++)
        {
            state = (await PollAsync("/feed", state)).NextState([]);
            waits.Add((state.NextPoll!.Value - _time.GetUtcNow()).TotalMinutes);
            _time.Advance(state.NextPoll.Value - _time.GetUtcNow());
        }

        Assert.Equal(FeedHealth.Dead, state.Health);
        Assert.True(waits[1] > waits[0] && waits[^1] >= 24 * 60 * 0.9);
        _site.Page("/feed", Rss);
        state = (await PollAsync("/feed", state)).NextState([]);
        Assert.Equal((FeedHealth.Healthy, 0, (string?)null), (state.Health, state.Failures, state.Problem));
    }

    [Fact]
    public async Task Gone_stops_the_feed_and_says_so()
    {
        _site.Status("/feed", 410);

        var state = (await PollAsync("/feed")).NextState([]);

        Assert.Equal((FeedHealth.Stopped, (DateTimeOffset?)null), (state.Health, state.NextPoll));
        Assert.Contains("410", state.Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_unbroken_chain_of_permanent_redirects_moves_a_feed()
    {
        _site.Redirect("/a", "/b", 301).Redirect("/b", "/c", 308).Redirect("/d", "/e", 301).Redirect("/e", "/c", 302).Page("/c", Rss);

        Assert.Equal(_site.Url("/c"), (await PollAsync("/a")).NextState([]).Url);
        Assert.Equal(_site.Url("/d"), (await PollAsync("/d")).NextState([]).Url);
    }

    [Fact]
    public async Task A_web_page_in_place_of_a_feed_is_a_failure_in_words()
    {
        _site.Page("/feed", "<!DOCTYPE html><html><body>Welcome</body></html>");

        var poll = await PollAsync("/feed");

        Assert.Equal(PollKind.Failed, poll.Kind);
        Assert.Contains("web page, not a feed", poll.Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_WebSub_hub_is_noticed_and_recorded()
    {
        _site.Page("/feed", """<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><link rel="hub" href="https://hub.example/"/></feed>""");

        Assert.Equal("https://hub.example/", (await PollAsync("/feed")).NextState([]).Hub);
    }

    [Fact]
    public async Task Nothing_is_asked_when_the_cap_for_the_day_is_reached()
    {
        _site.Page("/feed", Rss);
        var feed = Feed("/feed") with { DailyRequests = 1 };
        var state = (await _poller.PollAsync(feed, FeedState.Of(feed), [], default)).NextState([]);

        var second = await _poller.PollAsync(feed, state, [], default);

        Assert.Equal(PollKind.Deferred, second.Kind);
        Assert.Equal(new DateTimeOffset(2026, 3, 15, 0, 0, 0, TimeSpan.Zero), second.NextState([]).NextPoll);
        Assert.Single(Asked("/feed"));
    }

    [Fact]
    public async Task A_credential_is_sent_and_never_captured()
    {
        _site.Page("/feed", Rss);

        await _poller.PollAsync(Feed("/feed"), FeedState.Of(Feed("/feed")), [new("Authorization", "Bearer canary-7431")], default);

        Assert.Equal("Bearer canary-7431", Asked("/feed")[0].Headers["Authorization"]);
        Assert.DoesNotContain("canary-7431", await _web.CapturedTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_a_conditional_request_asks_for_what_changed_alone()
    {
        _site.On("/feed", context =>
        {
            context.Response.Headers.ETag = "\"e\"";
            return context.Response.WriteAsync(Rss);
        });

        await PollAsync("/feed", (await PollAsync("/feed")).NextState([]));

        Assert.Equal([false, true], Asked("/feed").Select(a => a.Headers.TryGetValue("A-IM", out var asked) && asked == "feed"));
    }

    private FeedSettings Feed(string path) => new() { Url = _site.Url(path) };

    private Task<PollResult> PollAsync(string path, FeedState? state = null) => _poller.PollAsync(Feed(path), state ?? FeedState.Of(Feed(path)), [], default);

    private IReadOnlyList<LoopbackSite.Asked> Asked(string path) => [.. _site.Requests.Where(r => r.Path == path)];
}
