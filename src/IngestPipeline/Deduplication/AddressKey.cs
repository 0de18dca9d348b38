namespace IngestPipeline.Deduplication;

/// <summary>Tells whether two addresses name the same article.</summary>
internal static class AddressKey
{
    // Parameters that name the way a reader came and not the article.
    private static readonly string[] Tracking = ["utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "cmpid", "ref", "source", "ocid", "smid", "at_medium", "at_campaign"];

    /// <summary>
    /// Equal for addresses that differ only in scheme, <c>www.</c>, fragment, final slash or tracking parameters; 0 for no address and for
    /// one that names no article of its own, such as a homepage.
    /// </summary>
    public static ulong Of(string? url)
    {
        if (url is null || !Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Host.Length == 0)
            return 0;
        var path = parsed.AbsolutePath.TrimEnd('/');
        var query = string.Join('&', parsed.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(p => !IsTracking(p)).Order(StringComparer.Ordinal));
        if (path.Length < 2 && query.Length == 0)
            return 0;
        var host = parsed.Host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? parsed.Host[4..] : parsed.Host;
        return Hash(host.ToLowerInvariant() + path + "?" + query);
    }

    private static bool IsTracking(string parameter) =>
        Array.Exists(Tracking, t => t.EndsWith('_')
            ? parameter.StartsWith(t, StringComparison.OrdinalIgnoreCase)
            : parameter.AsSpan().StartsWith(t, StringComparison.OrdinalIgnoreCase) && parameter.Length > t.Length && parameter[t.Length] == '=');

    private static ulong Hash(string text)
    {
        var hash = Fnv1a.Basis;
        foreach (var c in text)
        {
            hash = Fnv1a.Add(hash, c);
            hash ^= hash >> 32;
        }

        return hash | 1;
    }
}
