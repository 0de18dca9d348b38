using System.Net;
using IngestPipeline.Fetching;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Fetching;

/// <summary>A host that refuses a connection is asked once more, and not sooner than it may be asked anything else.</summary>
public sealed class RefusedConnectionTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private readonly TestClock _time = new(new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));
    private readonly List<DateTimeOffset> _asked = [];

    [Theory]
    [InlineData(5)]
    [InlineData(1)]
    [InlineData(19)]
    public async Task The_second_attempt_comes_after_the_host_s_gap(int gap)
    {
        await using var web = Web(TimeSpan.FromSeconds(gap), refusals: 1);
        var start = _time.GetUtcNow();
        var fetch = web.Fetcher.FetchAsync(new(new("https://post.example/a")), default);
        await WaitsAsync();
        _time.Advance(TimeSpan.FromSeconds(gap) - Tick);
        Assert.Equal([start], Asked());
        _time.Advance(Tick);

        Assert.Equal(FetchStatus.Fetched, (await fetch).Status);
        Assert.Equal([start, start + TimeSpan.FromSeconds(gap)], Asked());
    }

    [Fact]
    public async Task Without_a_gap_it_comes_a_moment_later()
    {
        await using var web = Web(TimeSpan.Zero, refusals: 1);
        var fetch = web.Fetcher.FetchAsync(new(new("https://post.example/a")), default);
        await WaitsAsync();
        _time.Advance(TimeSpan.FromMilliseconds(250));

        Assert.Equal(FetchStatus.Fetched, (await fetch).Status);
        Assert.Equal(2, Asked().Length);
    }

    [Fact]
    public async Task Where_the_gap_is_longer_than_the_deadline_there_is_none()
    {
        await using var web = Web(TimeSpan.FromSeconds(20), refusals: 1);
        var result = await web.Fetcher.FetchAsync(new(new("https://post.example/a")), default);

        Assert.Equal((FetchStatus.Unavailable, "no connection could be made"), (result.Status, result.Reason));
        Assert.Single(Asked());
    }

    [Fact]
    public async Task After_the_second_refusal_the_host_is_left_alone_for_its_gap()
    {
        await using var web = Web(TimeSpan.FromSeconds(5), refusals: 2);
        var fetch = web.Fetcher.FetchAsync(new(new("https://post.example/a")), default);
        await WaitsAsync();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(FetchStatus.Unavailable, (await fetch).Status);

        var next = await web.Fetcher.FetchAsync(new(new("https://post.example/b")), default);
        Assert.Equal((FetchStatus.Deferred, _time.GetUtcNow() + TimeSpan.FromSeconds(5)), (next.Status, next.NotBefore));
        Assert.Equal(2, Asked().Length);
    }

    // The deadline's timer and that of the wait.
    private Task WaitsAsync() => _time.HasTimersAsync(2);

    private DateTimeOffset[] Asked()
    {
        lock (_asked)
            return [.. _asked];
    }

    private LiveWeb Web(TimeSpan gap, int refusals) =>
        LiveWeb.Create(new InMemoryBlobStore(), new() { HostGap = gap, MaxWait = TimeSpan.Zero, ObeyRobots = false }, _time, new Refusing(this, refusals));

    private sealed class Refusing(RefusedConnectionTests test, int refusals) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (test._asked)
            {
                test._asked.Add(test._time.GetUtcNow());
                if (test._asked.Count <= refusals)
                    throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
            }

            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("text") });
        }
    }
}
