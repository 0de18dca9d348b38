namespace IngestPipeline.Records;

/// <summary>Which addresses from outside may become links.</summary>
internal static class SafeLink
{
    /// <summary>The address when it is an absolute http or https one without credentials, else null: <c>javascript:</c> and its kin stay text.</summary>
    public static string? Of(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri.UserInfo.Length == 0
            ? uri.AbsoluteUri
            : null;

    /// <summary>The site of an address: its host without "www."; null when it has none.</summary>
    public static string? Site(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.IdnHost.Length == 0)
            return null;
        var host = uri.IdnHost.ToLowerInvariant();
        return host.StartsWith("www.", StringComparison.Ordinal) && host.Length > 4 ? host[4..] : host;
    }
}
