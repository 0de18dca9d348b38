using System.Net;
using System.Net.Sockets;

namespace IngestPipeline.Tests.Fetching;

/// <summary>
/// A port of the loopback interface that refuses every connection, and that nobody else can open meanwhile: it is bound, and nothing listens.
/// </summary>
internal sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public Uri Url(string path = "/page") => new($"http://{_socket.LocalEndPoint}{path}");

    public void Dispose() => _socket.Dispose();
}
