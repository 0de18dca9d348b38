using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using IngestPipeline.Archive;

namespace IngestPipeline.Tests.Archive;

/// <summary>Captures real HTTP from a loopback server, as SocketsHttpHandler gives it, and replays it.</summary>
public sealed class LiveCaptureTests : IDisposable
{
    private readonly ArchiveFixture _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_chunked_and_compressed_answer_replays_as_it_was_received()
    {
        var packed = Gzip("the page");
        var url = Serve([
            .. "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nETag: \"one\"\r\nTransfer-Encoding: chunked\r\nX-Odd: caf\u00e9\r\nConnection: close\r\n\r\n"u8,
            .. Encoding.ASCII.GetBytes($"{packed.Length:x}\r\n"), .. packed, .. "\r\n0\r\n\r\n"u8]);
        var (live, recorded) = await CaptureAsync(url);
        Assert.Equal(packed, await live.Content.ReadAsByteArrayAsync());

        _files.Put("capture.warc.gz", recorded);
        await using var archive = await _files.OpenAsync();
        using var client = new HttpMessageInvoker(new ArchiveHandler(archive));
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var replayed = await client.SendAsync(request, default);

        Assert.Equal(packed, await replayed.Content.ReadAsByteArrayAsync());
        Assert.Equal(Lines(live.Content.Headers), Lines(replayed.Content.Headers));
        Assert.Equal("\"one\"", replayed.Headers.ETag!.Tag);
        Assert.Null(replayed.Headers.TransferEncodingChunked);
        live.Dispose();
    }

    [Fact]
    public async Task A_body_that_ends_early_fails_live_and_is_recorded_as_a_failure()
    {
        var url = Serve("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nshort"u8.ToArray());
        var session = new CaptureSession(new());
        using var client = Capturing();
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Options.Set(CaptureHandler.Session, session);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(request, default));
        using var reader = WarcReader.Open(new MemoryStream(session.ToWarc().ToArray()), "test");
        Assert.Contains(
            "ResponseEnded", Encoding.UTF8.GetString(reader.Records().Where(r => r.Type == "metadata").Select(r => r.ReadBlock(999)).Single()),
            StringComparison.Ordinal);
    }

    private static async Task<(HttpResponseMessage Live, byte[] Recorded)> CaptureAsync(Uri url)
    {
        var session = new CaptureSession(new());
        using var client = Capturing();
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Options.Set(CaptureHandler.Session, session);
        var response = await client.SendAsync(request, default);
        return (response, session.ToWarc().ToArray());
    }

    private static HttpMessageInvoker Capturing() =>
        new(new CaptureHandler(TimeProvider.System, new()) { InnerHandler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false } });

    private static List<string> Lines(System.Net.Http.Headers.HttpContentHeaders headers) =>
        [.. headers.NonValidated.Where(h => h.Key != "Content-Length").Select(h => $"{h.Key}: {h.Value}").Order(StringComparer.Ordinal)];

    /// <summary>A server that gives one answer, whatever it is asked, and closes.</summary>
    private static Uri Serve(byte[] answer)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _ = Task.Run(async () =>
        {
            using var server = listener;
            using var connection = await server.AcceptTcpClientAsync();
            var stream = connection.GetStream();
            var asked = new byte[4096];
            _ = await stream.ReadAsync(asked);
            await stream.WriteAsync(answer);
        });
        return new($"http://127.0.0.1:{port}/page");
    }

    private static byte[] Gzip(string text)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return stream.ToArray();
    }
}
