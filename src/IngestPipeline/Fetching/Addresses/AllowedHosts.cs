using System.Globalization;
using System.Net;

namespace IngestPipeline.Fetching.Addresses;

/// <summary>The hosts and ranges that may be asked although they are not public.</summary>
internal sealed class AllowedHosts
{
    private readonly HashSet<string> _hosts = new(StringComparer.Ordinal);
    private readonly List<IPNetwork> _ranges = [];

    /// <param name="entries">Each <c>host</c>, <c>host:port</c>, an address or a range in CIDR form.</param>
    /// <exception cref="FormatException">An entry is none of these; the message names it.</exception>
    public AllowedHosts(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
        {
            var text = entry.Trim();
            if (IPNetwork.TryParse(text, out var range))
                _ranges.Add(range);
            else if (IPAddress.TryParse(text.Trim('[', ']'), out var address))
                _ranges.Add(new(address, address.GetAddressBytes().Length * 8));
            else if (text.Length > 0
                && !text.Contains('/', StringComparison.Ordinal)
                && Uri.TryCreate("http://" + text, UriKind.Absolute, out var url)
                && url.UserInfo.Length == 0)
                _hosts.Add(text.EndsWith(FormattableString.Invariant($":{url.Port}"), StringComparison.Ordinal) ? Key(url) : HostName.Plain(url.IdnHost));
            else
                throw new FormatException($"'{entry}' is no host to allow: write host, host:port, an address or a range such as 10.1.0.0/16");
        }
    }

    /// <summary>True when the URL's host is allowed by name, or is an address in an allowed range: any port, or the port named.</summary>
    public bool Allows(Uri url)
    {
        var plain = HostName.Plain(url.IdnHost);
        return _hosts.Contains(plain) || _hosts.Contains(Key(url)) || (HostName.Address(plain) is { } address && Allows(address));
    }

    /// <summary>True when an address lies in an allowed range.</summary>
    public bool Allows(IPAddress address)
    {
        var unwrapped = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _ranges.Any(r => r.Contains(unwrapped));
    }

    private static string Key(Uri url) => string.Create(CultureInfo.InvariantCulture, $"{HostName.Plain(url.IdnHost)}:{url.Port}");
}
