using System.Buffers;
using IngestPipeline.Fetching.Addresses;

namespace IngestPipeline.Deduplication;

/// <summary>Tells whether two addresses name the same article.</summary>
internal static class AddressKey
{
    private static readonly SearchValues<char> PlainInHost = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
    private static readonly SearchValues<char> PlainInPath = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/");

    // Beside the tracking parameters: on some sites these name the article, so that its identity keeps them; two that differ in nothing else are one.
    private static readonly string[] Ways = ["ref=", "source=", "ocid=", "smid="];

    /// <summary>
    /// Equal for addresses that differ only in scheme, <c>www.</c>, a place in the page, final slash or tracking parameters; 0 for no address and for
    /// one that names no article of its own, such as a homepage.
    /// </summary>
    public static ulong Of(string? url) => url is null ? 0 : OfPlain(url) ?? OfAny(url);

    /// <summary>As <see cref="Of"/>, of any address.</summary>
    public static ulong OfAny(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0)
            return 0;
        var path = parsed.AbsolutePath.TrimEnd('/');
        var query = string.Join(
            '&', parsed.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(p => !IsWay(p)).Order(StringComparer.Ordinal));
        // A script's own path, "#!story/1" or "#/story/1", tells articles apart; a place in a page does not.
        if (parsed.Fragment is ['#', '!' or '/', ..] && parsed.Fragment.Trim('#', '!', '/') is { Length: > 0 } route)
            query += "#" + route;
        if (path.Length < 2 && query.Length == 0)
            return 0;
        var host = parsed.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? parsed.Host[4..] : parsed.Host;
        return Hash(Hash(Fnv1a.Basis, host.ToLowerInvariant() + path + "?"), query) | 1;
    }

    /// <summary>As <see cref="Of"/>, of an address of nothing but a name and plain letters, which is written as it is meant; null for any other.</summary>
    public static ulong? OfPlain(ReadOnlySpan<char> url)
    {
        if (url.StartsWith("https://"))
            url = url["https://".Length..];
        else if (url.StartsWith("http://"))
            url = url["http://".Length..];
        else
            return null;
        var end = url.IndexOf('/');
        var host = end < 0 ? url : url[..end];
        var path = end < 0 ? [] : url[end..];
        if (!IsPlainHost(host)
            || path.ContainsAnyExcept(PlainInPath)
            || path.Contains("/.", StringComparison.Ordinal)
            || path.Contains("//", StringComparison.Ordinal))
            return null;
        path = path.TrimEnd('/');
        if (path.Length < 2)
            return 0;
        host = host.StartsWith("www.") ? host[4..] : host;
        return Hash(Hash(Hash(Fnv1a.Basis, host), path), "?") | 1;
    }

    // It names the way a reader came and not the article.
    private static bool IsWay(string parameter) =>
        TrackingParameters.Holds(parameter) || Array.Exists(Ways, w => parameter.StartsWith(w, StringComparison.OrdinalIgnoreCase));

    // Names of letters, the last of which begins with one, so that it is no number's.
    private static bool IsPlainHost(ReadOnlySpan<char> host)
    {
        const int Longest = 63;
        if (host.Length > Longest
            || host.ContainsAnyExcept(PlainInHost)
            || host.Contains("--", StringComparison.Ordinal)
            || host[(host.LastIndexOf('.') + 1)..] is not [>= 'a' and <= 'z', ..])
            return false;
        foreach (var label in host.Split('.'))
        {
            if (host[label] is (not [not '-', ..]) or [.., '-'])
                return false;
        }

        return true;
    }

    private static ulong Hash(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            hash = Fnv1a.Add(hash, c);
            hash ^= hash >> 32;
        }

        return hash;
    }
}
