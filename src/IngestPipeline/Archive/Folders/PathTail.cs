namespace IngestPipeline.Archive.Folders;

/// <summary>
/// File paths and URL paths as lists of segments without a page's extension, so that <c>news/a1.html</c> can answer for
/// <c>https://x.test/news/a1</c>.
/// </summary>
internal static class PathTail
{
    private static readonly string[] Extensions = [".html", ".htm", ".xhtml", ".txt", ".xml", ".json", ".rss", ".atom", ".php", ".aspx", ".asp", ".jsp"];

    /// <summary>The segments of a file's path: <c>.gz</c> and a page's extension cut off, <c>index</c> standing for its folder.</summary>
    public static string[] OfFile(string relativePath) =>
        Segments(relativePath.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? relativePath[..^3] : relativePath);

    /// <summary>The segments of a URL's path; a query stands in the last one as mirroring tools write it, unless it only tracks the visitor.</summary>
    public static string[] OfUrl(Uri url)
    {
        var query = url.Query.Length > 1 ? url.Query : "";
        if (query.TrimStart('?').Split('&').All(p => p.StartsWith("utm_", StringComparison.OrdinalIgnoreCase)))
            query = "";
        return Segments(Uri.UnescapeDataString(url.AbsolutePath + query));
    }

    public static string LastOf(string[] segments) => segments.Length == 0 ? "" : segments[^1];

    /// <summary>How many segments both end in, when one is the tail of the other; else 0.</summary>
    public static int Fit(string[] file, string[] url)
    {
        var shorter = Math.Min(file.Length, url.Length);
        return shorter > 0 && file.AsSpan(^shorter).SequenceEqual(url.AsSpan(^shorter)) ? shorter : 0;
    }

    /// <summary>The stable address of a file whose URL is unknown.</summary>
    public static string InventedUrl(string relativePath) =>
        "archive:///" + string.Join('/', relativePath.Split('/').Select(Uri.EscapeDataString));

    private static string[] Segments(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length == 0)
            return segments;

        var last = segments[^1];
        var extension = Extensions.FirstOrDefault(e => last.Length > e.Length && last.EndsWith(e, StringComparison.OrdinalIgnoreCase));
        segments[^1] = extension is null ? last : last[..^extension.Length];
        return segments[^1] == "index" ? segments[..^1] : segments;
    }
}
