namespace IngestPipeline.Archive.Folders;

/// <summary>File names that are URLs: the layout of mirroring tools, <c>example.org/2026/a.html</c>.</summary>
internal static class FolderUrls
{
    /// <summary>The URL of a mirrored file; null when its first folder does not look like a host.</summary>
    public static string? OfMirrored(string relativePath)
    {
        var slash = relativePath.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || !LooksLikeHost(relativePath[..slash]))
            return null;

        var path = relativePath[(slash + 1)..];
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
            path = path[..^3];

        // A folder's index page is the folder; a name that holds a question mark was written with its query.
        var name = path[(path.LastIndexOf('/') + 1)..];
        if (name is "index.html" or "index.htm")
            path = path[..^name.Length];
        var query = path.IndexOf('?', StringComparison.Ordinal);
        var url = "https://" + relativePath[..slash].ToLowerInvariant() + "/"
            + string.Join('/', (query < 0 ? path : path[..query]).Split('/').Select(Escape)) + (query < 0 ? "" : path[query..]);
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.AbsoluteUri : null;
    }

    private static string Escape(string segment) => Uri.EscapeDataString(Uri.UnescapeDataString(segment));

    private static bool LooksLikeHost(string name)
    {
        var port = name.LastIndexOf(':');
        if (port > 0 && name.AsSpan(port + 1).IndexOfAnyExceptInRange('0', '9') < 0)
            name = name[..port];
        var labels = name.Split('.');
        return labels.Length >= 2
            && Array.TrueForAll(labels, l => l.Length is > 0 and < 64 && l[0] != '-' && l.All(c => char.IsAsciiLetterOrDigit(c) || c == '-' || c >= 0x80))
            && labels[^1].Length >= 2 && !labels[^1].Any(char.IsAsciiDigit);
    }
}
