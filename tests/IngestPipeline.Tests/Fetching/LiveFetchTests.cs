using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using IngestPipeline.Archive;
using IngestPipeline.Fetching;
using IngestPipeline.Fetching.Addresses;
using IngestPipeline.Pipeline.Doctor;
using IngestPipeline.Storage;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;
using Microsoft.AspNetCore.Http;

namespace IngestPipeline.Tests.Fetching;

public sealed class LiveFetchTests
{
    [Fact]
    public async Task The_deadline_is_one_for_all_hops()
    {
        var time = new TestClock(new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero));
        await using var site = await LoopbackSite.StartAsync();
        // Each within the deadline, and both beyond it.
        site.On("/a", context =>
        {
            time.Advance(TimeSpan.FromSeconds(12));
            context.Response.Redirect("/b");
            return Task.CompletedTask;
        }).On("/b", async context =>
        {
            time.Advance(TimeSpan.FromSeconds(12));
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        await using var fetching = new TestFetching(TestFetching.Options(site.Host) with { TotalDeadline = TimeSpan.FromSeconds(20) }, time);
        var result = await fetching.FetchAsync(site.Url("/a"));
        Assert.Equal((FetchStatus.Unavailable, site.Url("/b")), (result.Status, result.FinalUrl));
        await Replays.AssertEqualAsync(fetching, site.Url("/a"), result);
    }

    [Fact]
    public async Task A_fetch_that_its_caller_gives_up_is_no_attempt_and_frees_the_host()
    {
        await using var site = await LoopbackSite.StartAsync();
        using var stop = new CancellationTokenSource();
        site.On("/a", async context =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }).Page("/b", "text");
        await using var fetching = new TestFetching(TestFetching.Options(site.Host) with { ObeyRobots = false });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching.Web.Fetcher.FetchAsync(new(site.Url("/a")), stop.Token));
        Assert.Empty(await fetching.CapturesAsync());
        Assert.Equal(FetchStatus.Fetched, (await fetching.FetchAsync(site.Url("/b"))).Status);
    }

    [Fact]
    public async Task No_result_is_given_before_its_capture_is_kept()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Page("/a", "text");
        var inner = new InMemoryBlobStore();
        var store = new FaultingBlobStore(
            inner,
            (_, operation, name) => name.StartsWith("capture/", StringComparison.Ordinal) && operation == "create" ? StoreFault.Before : StoreFault.None);
        await using var web = LiveWeb.Create(store, TestFetching.Options(site.Host) with { ObeyRobots = false }, TimeProvider.System);
        await Assert.ThrowsAnyAsync<StorageException>(() => web.Fetcher.FetchAsync(new(site.Url("/a")), default));
        Assert.Empty(await inner.ListAsync("capture/").ToListAsync());
    }

    [Fact]
    public async Task A_fetch_that_outlasts_its_workers_claim_is_put_off_and_captured_nowhere()
    {
        var time = new TestClock(new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero));
        await using var site = await LoopbackSite.StartAsync();
        site.On("/slow", context =>
        {
            time.Advance(TimeSpan.FromSeconds(10));
            return context.Response.WriteAsync("text");
        });
        await using var fetching = new TestFetching(TestFetching.Options(site.Host) with { ObeyRobots = false }, time);

        var late = await fetching.Web.Fetcher.Until(time.GetUtcNow().AddSeconds(9)).FetchAsync(new(site.Url("/slow")), default);
        Assert.Equal(FetchStatus.Deferred, late.Status);
        Assert.Empty(await fetching.CapturesAsync());

        var within = await fetching.Web.Fetcher.Until(time.GetUtcNow().AddSeconds(20)).FetchAsync(new(site.Url("/slow")), default);
        Assert.Equal(FetchStatus.Fetched, within.Status);
        Assert.Single(await fetching.CapturesAsync());
    }

    [Fact]
    public async Task A_worker_whose_claim_runs_out_between_the_answer_and_its_capture_keeps_nothing()
    {
        var time = new TestClock(new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero));
        await using var site = await LoopbackSite.StartAsync();
        site.Page("/a", "text");
        var inner = new InMemoryBlobStore();
        // What was forgotten is listed before a capture is written.
        var store = new FaultingBlobStore(inner, (_, operation, name) =>
        {
            if (operation == "list" && name.StartsWith("forgotten/", StringComparison.Ordinal))
                time.Advance(TimeSpan.FromSeconds(10));
            return StoreFault.None;
        });
        await using var web = LiveWeb.Create(store, TestFetching.Options(site.Host) with { ObeyRobots = false }, time);

        var late = await web.Fetcher.Until(time.GetUtcNow().AddSeconds(9)).FetchAsync(new(site.Url("/a")), default);

        Assert.Equal(FetchStatus.Deferred, late.Status);
        Assert.Empty(await inner.ListAsync("capture/").ToListAsync());
    }

    [Fact]
    public async Task The_same_bytes_are_captured_once_and_then_as_a_visit()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Page("/a", "text");
        await using var fetching = new TestFetching(TestFetching.Options(site.Host));
        var first = await fetching.FetchAsync(site.Url("/a"));
        var second = await fetching.FetchAsync(site.Url("/a"));
        await using var archive = await fetching.ArchiveAsync();
        Assert.Equal(first.Raw!.PayloadSha256, second.Raw!.PayloadSha256);
        await Replays.AssertEqualAsync(fetching, site.Url("/a"), second, second.Captured);
        Assert.Contains("revisit " + site.Url("/a"), await fetching.CapturedTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_validator_goes_back_byte_for_byte()
    {
        var sent = new List<string>();
        await using var server = new RawServer(async (head, stream, cancellation) =>
        {
            sent.Add(head);
            await stream.WriteAsync(
                Encoding.Latin1.GetBytes(
                    "HTTP/1.1 200 OK\r\nETag: W/caf\u00e9 \"x\r\nLast-Modified: yesterday\r\nContent-Length: 1\r\nConnection: close\r\n\r\na"),
                cancellation);
        });
        await using var fetching = new TestFetching(TestFetching.Options(server.Host) with { ObeyRobots = false });
        var first = await fetching.FetchAsync(server.Url());
        var second = await fetching.Web.Fetcher.FetchAsync(new(server.Url()) { ETag = first.ETag, LastModified = first.LastModified }, default);
        Assert.Equal(FetchStatus.NotModified, second.Status);
        Assert.Contains("If-None-Match: W/caf\u00e9 \"x\r\n", sent[1], StringComparison.Ordinal);
        Assert.Contains("If-Modified-Since: yesterday\r\n", sent[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fragment_is_neither_sent_nor_captured()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Redirect("/a", "/b#comments").Page("/b", "text");
        await using var fetching = new TestFetching(TestFetching.Options(site.Host));
        var result = await fetching.FetchAsync(site.Url("/a#top"));
        Assert.Equal(site.Url("/b").AbsoluteUri, result.Raw!.Url);
        var captured = await fetching.CapturedTextAsync();
        Assert.DoesNotContain("#", captured.Replace("Location: /b#comments", "", StringComparison.Ordinal), StringComparison.Ordinal);
        await Replays.AssertEqualAsync(fetching, site.Url("/a#top"), result);
    }

    [Fact]
    public async Task A_field_with_a_line_end_is_not_sent()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Page("/a", "text");
        await using var fetching = new TestFetching(TestFetching.Options(site.Host));
        await fetching.Web.Fetcher.FetchAsync(new(site.Url("/a")) { ETag = "a\r\nX-Evil: 1", Headers = [new("X-Key", "a\nX-Evil: 1")] }, default);
        Assert.DoesNotContain(site.Requests, r => r.Headers.ContainsKey("X-Evil") || r.Headers.ContainsKey("If-None-Match") || r.Headers.ContainsKey("X-Key"));
    }

    [Fact]
    public async Task A_part_whose_host_is_not_free_counts_as_unavailable_live_and_in_the_replay()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Status("/busy", 503, ("Retry-After", "3600")).Page("/part", "text");
        await using var fetching = new TestFetching(TestFetching.Options(site.Host) with { ObeyRobots = false });
        await fetching.FetchAsync(site.Url("/busy"));
        var whole = await fetching.FetchAsync(site.Url("/part"));
        var part = await fetching.Web.Fetcher.FetchAsync(new(site.Url("/part")) { Continues = true, Within = TimeSpan.FromMinutes(10) }, default);
        Assert.Equal(FetchStatus.Deferred, whole.Status);
        Assert.Equal((FetchStatus.Unavailable, "the host asked to wait (Retry-After)"), (part.Status, part.Reason));
        Assert.Equal(["/busy"], site.Paths);
        await Replays.AssertEqualAsync(fetching, site.Url("/part"), part, part.Captured, r => r with { Within = TimeSpan.FromMinutes(10) });
    }

    [Fact]
    public async Task A_trace_names_ids_and_words_and_no_address()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Page("/a?key=canary", "text");
        var tags = new List<KeyValuePair<string, string?>>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "IngestPipeline",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.OperationName == "fetch" && (string?)activity.GetTagItem("ingest.of") == "a1b2")
                    tags.AddRange(activity.TagObjects.Select(t => new KeyValuePair<string, string?>(t.Key, t.Value?.ToString())));
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var fetching = new TestFetching(TestFetching.Options(site.Host));
        await fetching.Web.Fetcher.FetchAsync(new(site.Url("/a?key=canary")) { TraceName = "a1b2" }, default);
        Assert.Equal([new("ingest.of", "a1b2"), new("ingest.fetch.status", "fetched"), new("http.response.status_code", "200")], tags);
    }

    [Fact]
    public async Task The_doctor_tells_why_the_pipeline_leaves_a_host_alone()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Status("/busy", 503, ("Retry-After", "3600"));
        await using var fetching = new TestFetching(TestFetching.Options(site.Host) with { ObeyRobots = false });
        await using var web = LiveWeb.Create(new InMemoryBlobStore(), TestFetching.Options(site.Host), TimeProvider.System);
        var doctor = new UrlDoctor(web, new InMemoryBlobStore(), fetching.Store, TimeProvider.System);
        Assert.Equal($"it has not asked {site.Host} yet", (await doctor.ExamineAsync(site.Url("/busy"), default)).Steps[0].Text);
        await fetching.FetchAsync(site.Url("/busy"));
        var step = (await doctor.ExamineAsync(site.Url("/busy"), default)).Steps[0];
        Assert.Equal(StepOutcome.Warning, step.Outcome);
        Assert.Matches($"^it leaves {site.Host} alone until [0-9: -]+ UTC: the host asked to wait \\(Retry-After\\)$", step.Text);
    }

    [Theory]
    [InlineData("gone.example", "the name gone.example cannot be looked up")]
    [InlineData(
        "inside.example",
        "the host's name leads to an address that is not public; if the host may be asked all the same, allow it: --allow-host inside.example")]
    public async Task The_doctor_says_what_a_name_leads_to(string host, string text)
    {
        var options = new FetchOptions();
        var store = new InMemoryBlobStore();
        AddressLookup lookup = (name, _) =>
            name == "inside.example" ? Task.FromResult(new[] { IPAddress.Parse("10.0.0.7") }) : throw new SocketException((int)SocketError.HostNotFound);
        await using var web = LiveWeb.Create(store, options, TimeProvider.System, new AddressGuard(options, lookup));
        var diagnosis = await new UrlDoctor(web, store, null, TimeProvider.System).ExamineAsync(new($"https://{host}/feed.xml"), default);
        Assert.False(diagnosis.Works);
        Assert.StartsWith(text, diagnosis.Steps[^1].Text, StringComparison.Ordinal);
    }
}
