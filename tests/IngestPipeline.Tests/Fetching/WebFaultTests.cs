using System.Net;
using IngestPipeline.Fetching;
using IngestPipeline.Tests.Shared;
using IngestPipeline.Tests.Storage;

namespace IngestPipeline.Tests.Fetching;

/// <summary>
/// What a stumbling server leads to: one attempt, whatever the fault (the next is the queue's), and the host left alone for as long as it asks, or for its
/// gap. A slow body, a deadline, a broken answer over real sockets: <see cref="HostileServerTests"/>; five failures in a row: HostGateTests.
/// </summary>
public sealed class WebFaultTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly TestClock _time = new(Now);

    [Theory]
    [InlineData(429, null, 60)]
    [InlineData(429, "90", 90)]
    [InlineData(429, "Sun, 01 Mar 2026 08:02:00 GMT", 120)]
    [InlineData(429, "soon", 600)]
    [InlineData(503, null, 5)]
    [InlineData(503, "90", 90)]
    [InlineData(503, "99999999", 86_400)]
    [InlineData(503, "0", 5)]
    [InlineData(500, null, 5)]
    // Only 429 and 503 may ask for a pause (RFC 9110, 10.2.3, and RFC 6585); another error's wish is no agreement about the host.
    [InlineData(500, "90", 5)]
    [InlineData(502, null, 5)]
    [InlineData(408, null, 5)]
    public async Task An_answer_that_says_not_now_is_one_attempt_and_the_host_is_left_alone_for_as_long_as_it_asks(int status, string? retryAfter, int seconds)
    {
        await AssertAsync(_ =>
        {
            var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("no") };
            if (retryAfter is not null)
                answer.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            return Task.FromResult(answer);
        }, seconds);
    }

    [Theory]
    [InlineData(HttpRequestError.ResponseEnded)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    [InlineData(HttpRequestError.Unknown)]
    public Task A_connection_that_breaks_is_one_attempt_and_costs_the_host_s_gap(HttpRequestError error) =>
        AssertAsync(_ => throw new HttpRequestException(error, "connection reset"), 5, isAnswer: false);

    [Fact]
    public async Task A_server_that_never_answers_is_given_up_at_the_deadline_and_its_gap_begins_then()
    {
        var (fetch, asked) = Begin(async cancellation =>
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            throw new InvalidOperationException("never");
        }, out var web);
        await _time.HasTimersAsync(1);
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal((FetchStatus.Unavailable, "no answer in time"), ((await fetch).Status, (await fetch).Reason));
        var next = await web.Fetcher.FetchAsync(new(new("https://post.example/b")), default);
        Assert.Equal((FetchStatus.Deferred, Now.AddSeconds(25), 1), (next.Status, next.NotBefore, asked()));
        await web.DisposeAsync();
    }

    private async Task AssertAsync(Func<CancellationToken, Task<HttpResponseMessage>> answer, int seconds, bool isAnswer = true)
    {
        var (fetch, asked) = Begin(answer, out var web);
        var result = await fetch;
        Assert.Equal((FetchStatus.Unavailable, 1), (result.Status, asked()));
        Assert.Equal(isAnswer, result.StatusCode is not null);

        var next = await web.Fetcher.FetchAsync(new(new("https://post.example/b")), default);
        Assert.Equal((FetchStatus.Deferred, Now.AddSeconds(seconds), 1), (next.Status, next.NotBefore, asked()));
        await web.DisposeAsync();
    }

    private (Task<FetchResult> Fetch, Func<int> Asked) Begin(Func<CancellationToken, Task<HttpResponseMessage>> answer, out LiveWeb web)
    {
        var handler = new Answering(answer);
        web = LiveWeb.Create(new InMemoryBlobStore(), new() { HostGap = TimeSpan.FromSeconds(5), MaxWait = TimeSpan.Zero, ObeyRobots = false }, _time, handler);
        return (web.Fetcher.FetchAsync(new(new("https://post.example/a")), default), () => handler.Asked);
    }

    private sealed class Answering(Func<CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return answer(cancellationToken);
        }
    }
}
