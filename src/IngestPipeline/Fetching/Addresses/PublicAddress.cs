using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace IngestPipeline.Fetching.Addresses;

/// <summary>
/// Tells public unicast addresses from all others, by the special-purpose registries of IANA (RFC 6890 and its updates). Addresses that carry an
/// IPv4 address inside are judged by that one too: a gateway would deliver to it.
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // The platform's own address in Azure: it answers from inside every virtual machine.
            "168.63.129.16/32",
            "::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20", "5f00::/16",
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        ]).Select(n => IPNetwork.Parse(n)),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>True for an address that is public unicast, inside and out.</summary>
    public static bool Is(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return !NotPublic.Any(n => n.Contains(address));
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.ScopeId != 0)
            return false;
        if (address.IsIPv4MappedToIPv6)
            return Is(address.MapToIPv4());
        if (Nat64.Contains(address))
            return Is(Inner(address, 12));
        if (SixToFour.Contains(address))
            return Is(Inner(address, 2));
        return Global.Contains(address) && !NotPublic.Any(n => n.Contains(address));
    }

    private static IPAddress Inner(IPAddress address, int at)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return new(BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]));
    }
}
