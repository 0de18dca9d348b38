using IngestPipeline.Archive;
using IngestPipeline.Fetching;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Tests.Shared;
using Microsoft.AspNetCore.Http;

namespace IngestPipeline.Tests.Fetching;

/// <summary>What a live run saw, its captures give again.</summary>
public sealed class LiveReplayTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_304_live_is_a_304_in_the_replay_and_the_earlier_text_to_whoever_knows_nothing()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/feed", context =>
        {
            context.Response.Headers.ETag = "W/\"v1\"";
            context.Response.Headers.LastModified = "Sun, 01 Mar 2026 07:00:00 GMT";
            if (context.Request.Headers.IfNoneMatch == "W/\"v1\"" && context.Request.Headers.IfModifiedSince == "Sun, 01 Mar 2026 07:00:00 GMT")
            {
                context.Response.StatusCode = 304;
                return Task.CompletedTask;
            }

            return context.Response.WriteAsync("<rss version=\"2.0\"><channel><title>A</title></channel></rss>");
        });
        var time = new TestClock(Start);
        await using var fetching = new TestFetching(TestFetching.Options(site.Host), time);
        var first = await fetching.FetchAsync(site.Url("/feed"));
        time.Advance(TimeSpan.FromMinutes(30));
        var second =
            await fetching.Web.Fetcher.FetchAsync(new(site.Url("/feed")) { ETag = first.ETag, LastModified = first.LastModified, WantsFeed = true }, default);

        Assert.Equal(("W/\"v1\"", "Sun, 01 Mar 2026 07:00:00 GMT"), (first.ETag, first.LastModified));
        Assert.Equal(FetchStatus.NotModified, second.Status);
        Assert.Equal("feed", site.Requests[^1].Headers["A-IM"]);
        Assert.False(site.Requests[1].Headers.ContainsKey("A-IM"));
        await Replays.AssertEqualAsync(fetching, site.Url("/feed"), first);
        await Replays.AssertEqualAsync(
            fetching, site.Url("/feed"), second, Start.AddMinutes(1), r => r with { ETag = first.ETag, LastModified = first.LastModified });

        await using var archive = await fetching.ArchiveAsync();
        Assert.Equal([Start, Start.AddMinutes(30)], archive.Feeds().Select(c => c.Date!.Value));
        using var fetcher = new PageFetcher(new ArchiveHandler(archive, failsAgain: true));
        var naive = await fetcher.FetchAsync(site.Url("/feed"), Start.AddMinutes(30), PageFetcher.MaxFeedBytes, default);
        Assert.Equal(first.Body.ToArray(), naive.Body.ToArray());
    }

    [Fact]
    public async Task A_200_with_the_validators_that_were_sent_is_unmodified_live_and_in_the_replay()
    {
        await using var site = await LoopbackSite.StartAsync();
        var body = "<rss version=\"2.0\"><channel><title>A</title></channel></rss>";
        site.On("/feed", context =>
        {
            context.Response.Headers.ETag = "odd tag";
            return context.Response.WriteAsync(body);
        });
        var time = new TestClock(Start);
        await using var fetching = new TestFetching(TestFetching.Options(site.Host), time);
        var first = await fetching.FetchAsync(site.Url("/feed"));
        body = body.Replace("A", "B", StringComparison.Ordinal);
        time.Advance(TimeSpan.FromMinutes(30));
        var second = await fetching.Web.Fetcher.FetchAsync(new(site.Url("/feed")) { ETag = first.ETag }, default);

        Assert.Equal((FetchStatus.NotModified, 200), (second.Status, second.StatusCode));
        Assert.Equal("odd tag", site.Requests[^1].Headers["If-None-Match"]);

        // Who reads the archive sees what the live run went on using.
        await using var archive = await fetching.ArchiveAsync();
        using var fetcher = new PageFetcher(new ArchiveHandler(archive, failsAgain: true));
        var replayed = await fetcher.FetchAsync(site.Url("/feed"), Start.AddMinutes(30), PageFetcher.MaxFeedBytes, default);
        Assert.Equal(first.Body.ToArray(), replayed.Body.ToArray());
    }

    [Fact]
    public async Task A_page_that_came_at_the_third_attempt_replays_as_the_page()
    {
        await using var site = await LoopbackSite.StartAsync();
        var asked = 0;
        site.On("/a", context =>
        {
            if (++asked > 2)
                return context.Response.WriteAsync("the page");
            context.Response.StatusCode = 503;
            context.Response.Headers.RetryAfter = "120";
            return Task.CompletedTask;
        });
        var time = new TestClock(Start);
        await using var fetching = new TestFetching(TestFetching.Options(site.Host), time);
        var results = new List<FetchResult>();
        for (var i = 0; i < 3; i++)
        {
            results.Add(await fetching.FetchAsync(site.Url("/a")));
            time.Advance(TimeSpan.FromMinutes(2));
        }

        Assert.Equal([FetchStatus.Unavailable, FetchStatus.Unavailable, FetchStatus.Fetched], results.Select(r => r.Status));
        Assert.Equal(TimeSpan.FromMinutes(2), results[0].RetryAfter);
        await Replays.AssertEqualAsync(fetching, site.Url("/a"), results[2], Start);
    }

    [Fact]
    public async Task An_address_that_failed_five_times_replays_as_failed_although_it_came_later()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Status("/a", 500);
        var time = new TestClock(Start);
        await using var fetching = new TestFetching(TestFetching.Options(site.Host), time);
        FetchResult last = null!;
        for (var i = 0; i < 5; i++)
        {
            last = await fetching.FetchAsync(site.Url("/a"));
            Assert.Equal(FetchStatus.Unavailable, last.Status);
            time.Advance(TimeSpan.FromMinutes(30));
        }

        site.Page("/a", "late");
        var late = await fetching.FetchAsync(site.Url("/a"));
        Assert.Equal(FetchStatus.Fetched, late.Status);
        await Replays.AssertEqualAsync(fetching, site.Url("/a"), last, Start);
        await Replays.AssertEqualAsync(fetching, site.Url("/a"), late, Start.AddMinutes(31));
    }

    [Fact]
    public async Task A_redirect_is_looked_up_after_the_hop_before_it()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Redirect("/a", "/b").Page("/b", "first");
        var time = new TestClock(Start);
        await using var fetching = new TestFetching(TestFetching.Options(site.Host), time);
        await fetching.FetchAsync(site.Url("/b"));
        time.Advance(TimeSpan.FromHours(1));
        site.Page("/b", "second");
        var live = await fetching.FetchAsync(site.Url("/a"));
        await Replays.AssertEqualAsync(fetching, site.Url("/a"), live, Start);
        await using var archive = await fetching.ArchiveAsync();
        Assert.Equal(4, archive.Captures);
    }

    [Fact]
    public async Task A_refused_address_replays_as_refused()
    {
        await using var fetching = new TestFetching(TestFetching.Options());
        var url = new Uri("http://127.0.0.1:1/");
        var live = await fetching.FetchAsync(url);
        Assert.Equal(FetchStatus.Refused, live.Status);
        Assert.NotNull(live.Captured);
        await Replays.AssertEqualAsync(fetching, url, live);
    }

    [Fact]
    public async Task A_deferred_fetch_asks_and_records_nothing()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Page("/a", "text").Page("/b", "text");
        var time = new TestClock(Start);
        await using var fetching = new TestFetching(TestFetching.Options(site.Host) with { HostGap = TimeSpan.FromSeconds(5), ObeyRobots = false }, time);
        await fetching.FetchAsync(site.Url("/a"));
        var before = await fetching.CapturesAsync();
        var result = await fetching.FetchAsync(site.Url("/b"));
        Assert.Equal(FetchStatus.Deferred, result.Status);
        Assert.Null(result.Captured);
        Assert.Equal(Start.AddSeconds(5), result.NotBefore);
        Assert.Equal(before, await fetching.CapturesAsync());
        Assert.Equal(["/a"], site.Paths);
    }

    [Fact]
    public async Task A_fetch_that_was_begun_waits_for_its_next_hop()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Redirect("/a", "/b").Page("/b", "text");
        var time = new TestClock(Start);
        await using var fetching = new TestFetching(
            TestFetching.Options(site.Host) with { HostGap = TimeSpan.FromSeconds(5), TotalDeadline = TimeSpan.FromDays(1), MinimumRate = 0 }, time);
        var fetch = Task.Run(() => fetching.FetchAsync(site.Url("/a")));
        while (!fetch.IsCompleted)
        {
            // The wait for the slot is let pass; no deadline is so near that it would pass too.
            if (time.NextTimer is not null && site.Requests.Count is > 0 and < 3)
                time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1);
        }

        Assert.Equal(FetchStatus.Fetched, (await fetch).Status);
        Assert.Equal(["/robots.txt", "/a", "/b"], site.Paths);
        Assert.True(time.GetUtcNow() >= Start.AddSeconds(10));
    }

    [Fact]
    public async Task Captures_are_dated_and_named_by_when_the_answer_was_complete()
    {
        await using var site = await LoopbackSite.StartAsync();
        var time = new TestClock(Start);
        site.On("/a", async context =>
        {
            time.Advance(TimeSpan.FromSeconds(1.5));
            await context.Response.WriteAsync("text");
        });
        await using var fetching = new TestFetching(TestFetching.Options(site.Host) with { ObeyRobots = false }, time);
        var result = await fetching.FetchAsync(site.Url("/a"));
        Assert.Equal(Start.AddSeconds(1.5), result.Captured);
        var name = Assert.Single(await fetching.CapturesAsync());
        Assert.StartsWith("capture/2026-03-01/0800015000000-", name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_another_address_led_to_and_was_asked_for_itself_answers_each_as_it_did_live()
    {
        await using var site = await LoopbackSite.StartAsync();
        var visits = 0;
        site.Redirect("/old", "/new", 301).Redirect("/lone", "/end").Page("/end", "the end");
        site.On("/new", context => context.Response.WriteAsync($"visit {++visits}"));
        var time = new TestClock(Start);
        await using var fetching = new TestFetching(TestFetching.Options(site.Host), time);
        var live = new List<FetchResult>();
        foreach (var path in new[] { "/old", "/new", "/old", "/lone" })
        {
            time.Advance(TimeSpan.FromMinutes(10));
            live.Add(await fetching.FetchAsync(site.Url(path)));
        }

        await Replays.AssertEqualAsync(fetching, site.Url("/old"), live[0]);
        await Replays.AssertEqualAsync(fetching, site.Url("/new"), live[1]);
        await Replays.AssertEqualAsync(fetching, site.Url("/old"), live[2], Start.AddMinutes(25));
        await using var archive = await fetching.ArchiveAsync();
        using var fetcher = new PageFetcher(new ArchiveHandler(archive, failsAgain: true));
        using var strict = new PageFetcher(new ArchiveHandler(archive, failsAgain: true, ownOnly: true));
        // Nobody asked for it: what another address led to is better than nothing, but not for who looks for what it captured.
        Assert.Equal(FetchStatus.Fetched, (await fetcher.FetchAsync(site.Url("/end"), Start, 100, default)).Status);
        Assert.Equal(FetchStatus.NotArchived, (await strict.FetchAsync(site.Url("/end"), Start, 100, default)).Status);
    }

    [Fact]
    public async Task A_redirect_to_a_page_that_failed_is_an_attempt_that_failed()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Redirect("/old", "/new").Status("/new", 503);
        var time = new TestClock(Start);
        await using var fetching = new TestFetching(TestFetching.Options(site.Host), time);
        var first = await fetching.FetchAsync(site.Url("/old"));
        time.Advance(TimeSpan.FromMinutes(10));
        site.Page("/old", "back again");
        var second = await fetching.FetchAsync(site.Url("/old"));

        Assert.Equal((FetchStatus.Unavailable, FetchStatus.Fetched), (first.Status, second.Status));
        await Replays.AssertEqualAsync(fetching, site.Url("/old"), second, Start);
    }

    [Fact]
    public async Task What_a_worker_captured_is_found_again_though_its_bytes_were_kept_earlier()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Page("/page", "the same as before");
        var time = new TestClock(Start);
        await using var fetching = new TestFetching(TestFetching.Options(site.Host), time);
        await fetching.FetchAsync(site.Url("/page"));
        time.Advance(TimeSpan.FromHours(26));
        var again = await fetching.FetchAsync(site.Url("/page"));

        Assert.Contains("revisit http", await fetching.CapturedTextAsync(), StringComparison.Ordinal);
        await using var span =
            await new CaptureLookup(fetching.Store, null).OpenAsync(time.GetUtcNow().AddMinutes(-1), time.GetUtcNow().AddMinutes(1), default);
        var found = await span!.FetchAsync(site.Url("/page"), time.GetUtcNow().AddMinutes(-1), 1000, default);

        Assert.Equal((FetchStatus.Fetched, again.Captured), (found!.Status, found.Captured));
        Assert.Equal(again.Body.ToArray(), found.Body.ToArray());
    }
}
