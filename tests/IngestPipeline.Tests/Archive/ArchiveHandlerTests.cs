using System.IO.Compression;
using System.Net;
using System.Text;
using IngestPipeline.Archive;
using IngestPipeline.Tests.Shared;

namespace IngestPipeline.Tests.Archive;

public sealed class ArchiveHandlerTests : IDisposable
{
    private static readonly DateTimeOffset Day = ArchiveFixture.Day;
    private readonly ArchiveFixture _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Answers_with_the_capture_of_the_poll_still_content_encoded()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write("packed text"u8);
        _files.Warc(
            "a.warc.gz",
            ArchiveFixture.Page("https://x.test/a", Day, "old", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"),
            ArchiveFixture.Page(
                "https://x.test/a", Day.AddHours(1), packed.ToArray(),
                "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=x\r\nContent-Encoding: gzip\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 7\r\n"));
        await using var archive = await _files.OpenAsync();
        using var client = new HttpMessageInvoker(new ArchiveHandler(archive));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://x.test/a");
        request.Options.Set(ArchiveHandler.AsOf, Day.AddMinutes(30));
        using var response = await client.SendAsync(request, default);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        Assert.Equal(packed.ToArray(), await response.Content.ReadAsByteArrayAsync());
        Assert.Equal(packed.Length, response.Content.Headers.ContentLength);
        Assert.Equal(["a", "b"], response.Headers.GetValues("Set-Cookie"));
        Assert.True(request.Options.TryGetValue(ArchiveHandler.Answered, out var capture));
        Assert.Equal(Day.AddHours(1), capture.Date);
    }

    [Fact]
    public async Task An_absent_url_is_a_marked_404()
    {
        _files.Warc("a.warc", ArchiveFixture.Page("https://x.test/a", Day, "a"));
        await using var archive = await _files.OpenAsync();
        using var client = new HttpMessageInvoker(new ArchiveHandler(archive));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://x.test/b");
        using var response = await client.SendAsync(request, default);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.True(request.Options.TryGetValue(ArchiveHandler.NotArchived, out var absent) && absent);
    }

    [Fact]
    public async Task What_was_recorded_answers_the_same_again()
    {
        var clock = new TestClock(Day);
        (string Url, string? ETag)[] visits =
        [
            ("https://x.test/feed", null), ("https://x.test/a", null), ("https://x.test/a", null), ("https://x.test/feed", "\"v1\""),
            ("https://x.test/gone", null), ("https://x.test/refused", null), ("https://x.test/slow", null), ("https://x.test/feed", null),
        ];
        var session = new CaptureSession(new());
        var live = new List<string>();
        using (var client = new HttpMessageInvoker(new CaptureHandler(clock, new()) { InnerHandler = new Site() }))
        {
            foreach (var (url, etag) in visits)
                live.Add(await Visit(client, url, etag, Tick(clock), session));
        }

        _files.Put("capture.warc.gz", session.ToWarc().ToArray());
        await using var archive = await _files.OpenAsync();
        Assert.Empty(archive.Faults);
        using var replay = new HttpMessageInvoker(new ArchiveHandler(archive, failsAgain: true));
        clock.MoveTo(Day);
        var replayed = new List<string>();
        foreach (var (url, etag) in visits)
            replayed.Add(await Visit(replay, url, etag, Tick(clock)));

        Assert.Equal(live, replayed);
        Assert.Equal(["304 ", "HttpRequestException ConnectionError", "TaskCanceledException "], new[] { live[3], live[5], live[6] });
    }

    [Fact]
    public async Task A_recorded_failure_is_not_archived_unless_it_is_to_fail_again()
    {
        _files.Warc(
            "a.warc",
            WarcEntry.Metadata(
                "https://x.test/a", Day, new KeyValuePair<string, string>("fetch-outcome", "NameResolutionError"), new KeyValuePair<string,
                string>("fetch-detail", "no such host")));
        await using var archive = await _files.OpenAsync();
        using var client = new HttpMessageInvoker(new ArchiveHandler(archive));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://x.test/a");
        using var response = await client.SendAsync(request, default);
        Assert.True(request.Options.TryGetValue(ArchiveHandler.NotArchived, out var absent) && absent);
        Assert.True(request.Options.TryGetValue(ArchiveHandler.Fault, out var fault) && fault == "no such host");
    }

    [Fact]
    public async Task A_body_that_breaks_off_is_recorded_as_a_failure()
    {
        var session = new CaptureSession(new());
        using var client = new HttpMessageInvoker(new CaptureHandler(new TestClock(Day), new()) { InnerHandler = new Site() });
        using var request = Asked("https://x.test/broken", session);
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(request, default));
        Assert.Equal(HttpRequestError.ResponseEnded, error.HttpRequestError);
        using var reader = WarcReader.Open(new MemoryStream(session.ToWarc().ToArray()), "test");
        Assert.Equal(["request", "metadata"], reader.Records().Select(r => r.Type));
    }

    [Fact]
    public async Task Records_an_identical_payload_as_a_revisit_and_no_secrets()
    {
        var clock = new TestClock(Day);
        var memory = new PayloadMemory(10);
        var sessions = new CaptureSession[2];
        using (var client = new HttpMessageInvoker(new CaptureHandler(clock, new(), memory) { InnerHandler = new Site() }))
        {
            for (var i = 0; i < 2; i++)
            {
                sessions[i] = new CaptureSession(new() { Compress = false });
                using var request = Asked("https://x.test/a", sessions[i]);
                request.Options.Set(CaptureHandler.SecretFields, ["X-Key"]);
                request.Headers.TryAddWithoutValidation("X-Key", "canary");
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer canary");
                Tick(clock);
                using var response = await client.SendAsync(request, default);
                Assert.True(request.Options.TryGetValue(CaptureHandler.Recorded, out var pointer));
                Assert.Equal(new("https://x.test/a", clock.GetUtcNow(), WarcWriter.Digest("chunked page"u8)[7..]), pointer);
                // What a session saved is what later visits may refer to.
                foreach (var (url, payload) in sessions[i].Payloads)
                    memory.Remember(url, payload);
            }
        }

        byte[] file = [.. sessions[0].ToWarc().Span, .. sessions[1].ToWarc().Span];

        using var reader = WarcReader.Open(new MemoryStream(file), "test");
        Assert.Equal(["request", "response", "request", "revisit"], reader.Records().Select(r => r.Type));
        Assert.DoesNotContain("canary", Encoding.UTF8.GetString(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cuts_a_long_body_alike_in_the_record_and_in_the_answer()
    {
        var session = new CaptureSession(new());
        using var client = new HttpMessageInvoker(new CaptureHandler(new TestClock(Day), new() { MaxBodyBytes = 5 }) { InnerHandler = new Site() });
        using var request = Asked("https://x.test/a", session);
        using var response = await client.SendAsync(request, default);
        Assert.Equal("chunk", await response.Content.ReadAsStringAsync());
        using var reader = WarcReader.Open(new MemoryStream(session.ToWarc().ToArray()), "test");
        Assert.EndsWith(
            "\r\n\r\nchunk", reader.Records().Where(r => r.Type == "response").Select(r => Encoding.ASCII.GetString(r.ReadBlock(9999))).Single(),
            StringComparison.Ordinal);
    }

    private static HttpRequestMessage Asked(string url, CaptureSession? session)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (session is not null)
            request.Options.Set(CaptureHandler.Session, session);
        return request;
    }

    private static async Task<string> Visit(HttpMessageInvoker client, string url, string? etag, DateTimeOffset asOf, CaptureSession? session = null)
    {
        using var request = Asked(url, session);
        request.Options.Set(ArchiveHandler.AsOf, asOf);
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        try
        {
            using var response = await client.SendAsync(request, default);
            return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
        }
        catch (HttpRequestException e)
        {
            return $"HttpRequestException {e.HttpRequestError}";
        }
        catch (TaskCanceledException)
        {
            return "TaskCanceledException ";
        }
    }

    /// <summary>A site that is not there: every answer is made here, and what is not registered throws.</summary>
    private static DateTimeOffset Tick(TestClock clock)
    {
        clock.Advance(TimeSpan.FromMinutes(10));
        return clock.GetUtcNow();
    }

    private sealed class Site : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(request.RequestUri!.AbsolutePath switch
        {
            "/feed" when request.Headers.IfNoneMatch.Count > 0 => new HttpResponseMessage(HttpStatusCode.NotModified),
            "/feed" => new(HttpStatusCode.OK) { Content = new StringContent("<rss version=\"2.0\"><channel/></rss>", Encoding.UTF8, "application/xml") },
            "/a" =>
                new(HttpStatusCode.OK) { Content = new StreamContent(new MemoryStream("chunked page"u8.ToArray())), Headers = { TransferEncodingChunked = true } },
            "/gone" => new(HttpStatusCode.Gone) { Content = new StringContent("gone") },
            "/broken" => new(HttpStatusCode.OK) { Content = new StreamContent(new BrokenStream()) },
            "/refused" => throw new HttpRequestException(HttpRequestError.ConnectionError, "connection refused"),
            "/slow" => throw new TaskCanceledException("too slow"),
            var path => throw new InvalidOperationException($"{path} is not registered"),
        });
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new HttpIOException(HttpRequestError.ResponseEnded, "the response ended early");
    }
}
