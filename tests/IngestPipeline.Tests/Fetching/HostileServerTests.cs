using System.IO.Compression;
using System.Text;
using IngestPipeline.Fetching;
using IngestPipeline.Tests.Shared;

namespace IngestPipeline.Tests.Fetching;

/// <summary>Servers that do not keep to HTTP: each ends as a result with a reason, told apart by whether trying again may help.</summary>
public sealed class HostileServerTests
{
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n";

    private static readonly TimeSpan RateWindow = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(Ok + "Content-Length: 5\r\nContent-Length: 9\r\n\r\nhello", FetchStatus.Refused)]
    [InlineData(Ok + "Content-Length: 5, 9\r\n\r\nhello", FetchStatus.Refused)]
    [InlineData(Ok + "Content-Length: -5\r\n\r\nhello", FetchStatus.Refused)]
    [InlineData(Ok + "Content-Length: 100\r\n\r\nhello", FetchStatus.Unavailable)]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhel", FetchStatus.Unavailable)]
    [InlineData(Ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n", FetchStatus.Refused)]
    [InlineData(Ok + "Content-Encoding: gzip, gzip\r\nContent-Length: 5\r\n\r\nhello", FetchStatus.Refused)]
    [InlineData(Ok + "Content-Encoding: zstd\r\nContent-Length: 5\r\n\r\nhello", FetchStatus.Refused)]
    [InlineData(Ok + "Content-Encoding: rot13\r\nContent-Length: 5\r\n\r\nhello", FetchStatus.Refused)]
    [InlineData("nonsense\r\n\r\n", FetchStatus.Refused)]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n", FetchStatus.Refused)]
    [InlineData("", FetchStatus.Unavailable)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", FetchStatus.Unavailable)]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", FetchStatus.Refused)]
    [InlineData("HTTP/1.1 451 No\r\nContent-Length: 0\r\n\r\n", FetchStatus.Refused)]
    [InlineData("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n", FetchStatus.Gone)]
    [InlineData("HTTP/1.1 410 No\r\nContent-Length: 0\r\n\r\n", FetchStatus.Gone)]
    [InlineData("HTTP/1.1 402 Pay\r\nContent-Length: 0\r\n\r\n", FetchStatus.Paywalled)]
    [InlineData("HTTP/1.1 408 Slow\r\nContent-Length: 0\r\n\r\n", FetchStatus.Unavailable)]
    [InlineData("HTTP/1.1 429 Many\r\nContent-Length: 0\r\n\r\n", FetchStatus.Unavailable)]
    [InlineData("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n", FetchStatus.Unavailable)]
    [InlineData("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", FetchStatus.Unavailable)]
    public async Task Ends_as(string answer, FetchStatus status)
    {
        await using var server = RawServer.Of(answer);
        await using var fetching = new TestFetching(TestFetching.Options(server.Host));
        var result = await fetching.FetchAsync(server.Url());
        Assert.Equal(status, result.Status);
        Assert.False(string.IsNullOrWhiteSpace(result.Reason));
        await Replays.AssertEqualAsync(fetching, server.Url(), result);
    }

    [Fact]
    public async Task A_chunked_answer_that_names_a_length_too_is_read_by_its_chunks()
    {
        await using var server = RawServer.Of(Ok + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
        await using var fetching = new TestFetching(TestFetching.Options(server.Host));
        var result = await fetching.FetchAsync(server.Url());
        Assert.Equal("hello", Encoding.UTF8.GetString(result.Body.Span));
        await Replays.AssertEqualAsync(fetching, server.Url(), result);
    }

    [Fact]
    public async Task Header_fields_beyond_the_limit_are_refused()
    {
        await using var server =
            RawServer.Of(Ok + string.Concat(Enumerable.Range(0, 3_000).Select(i => $"X-{i}: {new string('a', 40)}\r\n")) + "Content-Length: 0\r\n\r\n");
        await using var fetching = new TestFetching(TestFetching.Options(server.Host));
        Assert.Equal(FetchStatus.Refused, (await fetching.FetchAsync(server.Url())).Status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_decompression_bomb_is_given_up_by_its_ratio(string encoding)
    {
        var packed = Pack(encoding, new byte[200 << 20]);
        await using var server =
            RawServer.Of($"{Ok}Content-Encoding: {encoding}\r\nContent-Length: {packed.Length}\r\n\r\n{Encoding.Latin1.GetString(packed)}");
        await using var fetching = new TestFetching(TestFetching.Options(server.Host));
        var result = await fetching.FetchAsync(server.Url());
        Assert.True(result.Status == FetchStatus.TooLarge || result.Truncated, $"{result.Status} {result.Body.Length}");
        Assert.True(result.Body.Length <= PageFetcher.MaxPageBytes);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("x-gzip")]
    [InlineData("identity")]
    public async Task Reads_the_encodings_that_it_asks_for(string encoding)
    {
        var text = "A page of some length, as pages are. "u8.ToArray();
        var packed = encoding == "identity" ? text : Pack(encoding, text);
        await using var server =
            RawServer.Of($"{Ok}Content-Encoding: {encoding}\r\nContent-Length: {packed.Length}\r\n\r\n{Encoding.Latin1.GetString(packed)}");
        await using var fetching = new TestFetching(TestFetching.Options(server.Host));
        var result = await fetching.FetchAsync(server.Url());
        Assert.Equal(text, result.Body.ToArray());
        Assert.Equal(packed.Length, result.Bytes);
    }

    [Fact]
    public async Task A_body_without_end_is_cut_at_the_cap_and_marked()
    {
        await using var server = new RawServer(async (head, stream, cancellation) =>
        {
            await RawServer.WriteAsync(head, stream, Ok + "\r\n", cancellation);
            while (!head.Contains("robots", StringComparison.Ordinal))
                await stream.WriteAsync(new byte[64 * 1024], cancellation);
        });
        await using var fetching = new TestFetching(TestFetching.Options(server.Host));
        var result = await fetching.FetchAsync(server.Url());
        Assert.Equal(FetchStatus.Fetched, result.Status);
        Assert.True(result.Truncated);
        Assert.Equal(PageFetcher.MaxPageBytes, result.Body.Length);
        await Replays.AssertEqualAsync(fetching, server.Url(), result);
    }

    [Fact]
    public async Task A_body_that_trickles_is_given_up_for_its_rate()
    {
        var clock = new TestClock();
        await using var server = Stalling();
        await using var fetching = new TestFetching(Bounded(server, minimumRate: 10_000), clock);
        var fetch = fetching.FetchAsync(server.Url());
        await BodyBeginsAsync(clock);
        clock.Advance(RateWindow);
        var result = await fetch;
        Assert.Equal(FetchStatus.Unavailable, result.Status);
        Assert.Equal("the body came at less than 10000 bytes a second", result.Reason);
        await Replays.AssertEqualAsync(fetching, server.Url(), result);
    }

    [Fact]
    public async Task The_deadline_covers_the_body()
    {
        var clock = new TestClock();
        await using var server = Stalling();
        // A window that ends after the deadline: its timer tells that the body is being read, and nothing else.
        await using var fetching = new TestFetching(Bounded(server, minimumRate: 1) with { TotalDeadline = RateWindow / 2 }, clock);
        var fetch = fetching.FetchAsync(server.Url());
        await BodyBeginsAsync(clock);
        clock.Advance(RateWindow / 2);
        var result = await fetch;
        Assert.Equal(FetchStatus.Unavailable, result.Status);
        Assert.Equal("no answer in time", result.Reason);
        await Replays.AssertEqualAsync(fetching, server.Url(), result);
    }

    [Fact]
    public async Task Endless_interim_answers_end_at_the_deadline()
    {
        var (clock, many) = (new TestClock(), new TaskCompletionSource());
        await using var server = new RawServer(async (_, stream, cancellation) =>
        {
            for (var sent = 0; ; sent++)
            {
                await stream.WriteAsync("HTTP/1.1 103 Early Hints\r\n\r\n"u8.ToArray(), cancellation);
                if (sent == 100)
                    many.SetResult();
            }
        });
        await using var fetching = new TestFetching(Bounded(server, minimumRate: 0) with { TotalDeadline = RateWindow }, clock);
        var fetch = fetching.FetchAsync(server.Url());
        await many.Task;
        clock.Advance(RateWindow);
        Assert.Equal((FetchStatus.Unavailable, "no answer in time"), ((await fetch).Status, (await fetch).Reason));
    }

    [Fact]
    public async Task A_connection_that_cannot_be_made_is_tried_twice_and_recorded_once()
    {
        using var port = new ClosedPort();
        var (clock, url) = (new TestClock(), port.Url());
        await using var fetching = new TestFetching(TestFetching.Options(url.Authority) with { ObeyRobots = false }, clock);
        var fetch = fetching.FetchAsync(url);
        // The deadline's timer and that of the wait between the two.
        await clock.HasTimersAsync(2);
        clock.Advance(TimeSpan.FromMilliseconds(250));
        var result = await fetch;
        Assert.Equal(FetchStatus.Unavailable, result.Status);
        var captured = await fetching.CapturedTextAsync();
        Assert.Equal(
            ["request", "metadata", "request", "metadata"],
            captured.Split('\n').Where(l => l.EndsWith(url.AbsoluteUri, StringComparison.Ordinal)).Select(l => l.Split(' ')[0]));
        Assert.Contains("fetch-retried: ConnectionError", captured, StringComparison.Ordinal);
        await using var archive = await fetching.ArchiveAsync();
        Assert.Equal(1, archive.Captures);
        await Replays.AssertEqualAsync(fetching, url, result);
    }

    /// <summary>A server that begins a body and never goes on.</summary>
    private static RawServer Stalling() => new(async (_, stream, cancellation) =>
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(Ok + "\r\na"), cancellation);
        await Task.Delay(Timeout.Infinite, cancellation);
    });

    private static FetchOptions Bounded(RawServer server, int minimumRate) =>
        TestFetching.Options(server.Host) with { ObeyRobots = false, MinimumRate = minimumRate, RateWindow = RateWindow };

    // The deadline's timer and that of the rate, which is set when the head is there.
    private static Task BodyBeginsAsync(TestClock clock) => clock.HasTimersAsync(2);

    private static byte[] Pack(string encoding, byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            _ => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true),
        })
            stream.Write(bytes);
        return packed.ToArray();
    }
}
