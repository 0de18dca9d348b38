using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IngestPipeline.Tests.Fetching;

/// <summary>A loopback server below HTTP: it counts connections and writes the bytes it is told to, right or wrong.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, NetworkStream, CancellationToken, Task> _answer;
    private readonly Task _loop;
    private int _connections;

    public RawServer(Func<string, NetworkStream, CancellationToken, Task> answer, IPAddress? address = null)
    {
        _answer = answer;
        _listener = new(address ?? IPAddress.Loopback, 0);
        _listener.Start();
        _loop = Task.Run(AcceptAsync);
    }

    /// <summary>A server that answers the same bytes to everything but robots.txt, of which it has none.</summary>
    public static RawServer Of(string answer) => new((head, stream, cancellation) => WriteAsync(head, stream, answer, cancellation));

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Connections => Volatile.Read(ref _connections);

    public string Host => $"127.0.0.1:{Port}";

    public Uri Url(string path = "/page") => new($"http://127.0.0.1:{Port}{path}");

    public static Task WriteAsync(string head, NetworkStream stream, string answer, CancellationToken cancellation)
    {
        var text =
            head.StartsWith("GET /robots.txt ", StringComparison.Ordinal) ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" : answer;
        return stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancellation).AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped, perhaps before it began.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            var stream = client.GetStream();
            var buffer = new byte[16 * 1024];
            var length = 0;
            while (Encoding.Latin1.GetString(buffer, 0, length) is var head && !head.Contains("\r\n\r\n", StringComparison.Ordinal))
            {
                var read = await stream.ReadAsync(buffer.AsMemory(length), _stop.Token);
                if (read == 0)
                    return;
                length += read;
            }

            await _answer(Encoding.Latin1.GetString(buffer, 0, length), stream, _stop.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            // The client went away, or the test ended.
        }
    }
}
