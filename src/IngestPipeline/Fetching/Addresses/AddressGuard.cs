using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace IngestPipeline.Fetching.Addresses;

/// <summary>Looks up a host's addresses. May give others the next time.</summary>
internal delegate Task<IPAddress[]> AddressLookup(string host, CancellationToken cancellation);

/// <summary>
/// Lets requests out to public hosts alone. An address is judged twice: as it is written, before anything is asked, and as it resolves, where the
/// connection is made. The connection goes to the very addresses that were judged, so that a name which changes its answer gains nothing.
/// </summary>
/// <param name="options">What else is allowed.</param>
/// <param name="lookup">Looks names up.</param>
internal sealed class AddressGuard(FetchOptions options, AddressLookup lookup)
{
    private readonly AllowedHosts _allowed = new(options.AllowHosts);

    /// <summary>A guard that asks the system's resolver.</summary>
    public AddressGuard(FetchOptions options)
        : this(options, (host, cancellation) => Dns.GetHostAddressesAsync(host, cancellation))
    {
    }

    /// <summary>Why an address is not asked, by how it is written; null for one that may be.</summary>
    public string? Refusal(Uri url)
    {
        if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            return "the address is not http or https";
        if (url.UserInfo.Length > 0)
            return "the address carries a user name";
        if (_allowed.Allows(url))
            return null;
        if (!options.AllowedPorts.Contains(url.Port))
            return string.Create(CultureInfo.InvariantCulture, $"port {url.Port} is not among the allowed ones");
        var plain = HostName.Plain(url.IdnHost);
        if (HostName.Address(plain) is { } address)
            return PublicAddress.Is(address) ? null : "the address is not a public one";
        return HostName.Refusal(plain);
    }

    /// <summary>Connects for a request: to the proxy where there is one, else to an address of the host that may be asked.</summary>
    /// <exception cref="AddressRefusedException">The host may not be asked.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var target = context.DnsEndPoint;
        var addresses = await AddressesAsync(target, cancellation).ConfigureAwait(false);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The addresses of a host, all of them judged.</summary>
    /// <exception cref="AddressRefusedException">One of them may not be asked: a name with mixed answers is an attack or a mistake.</exception>
    public async Task<IPAddress[]> AddressesAsync(DnsEndPoint target, CancellationToken cancellation)
    {
        var plain = HostName.Plain(target.Host);
        var isProxy = options.Proxy is { } proxy && plain == HostName.Plain(proxy.IdnHost) && target.Port == proxy.Port;
        var url = new UriBuilder(Uri.UriSchemeHttp, plain.Contains(':', StringComparison.Ordinal) ? $"[{plain}]" : plain, target.Port).Uri;
        var isAllowed = isProxy || _allowed.Allows(url);
        var addresses = HostName.Address(plain) is { } literal ? [literal] : await lookup(target.Host, cancellation).ConfigureAwait(false);
        if (addresses.Length == 0)
            throw new SocketException((int)SocketError.HostNotFound);
        // One after the other: where IPv6 leads nowhere it leads there slowly.
        addresses = [.. addresses.OrderBy(a => a.AddressFamily == AddressFamily.InterNetworkV6)];
        if (isAllowed)
            return addresses;
        if (HostName.Address(plain) is null && HostName.Refusal(plain) is { } refusal)
            throw new AddressRefusedException(refusal);
        return Array.Exists(addresses, a => !PublicAddress.Is(a) && !_allowed.Allows(a))
            ? throw new AddressRefusedException("the host's name leads to an address that is not public")
            : addresses;
    }
}
