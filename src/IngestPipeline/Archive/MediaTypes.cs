using IngestPipeline.Feeds;

namespace IngestPipeline.Archive;

/// <summary>What a document is, from its declared type and its first bytes.</summary>
internal static class MediaTypes
{
    // Files with a meaning to machines only, at places that standards or conventions fix; none is an article.
    private static readonly string[] MachineFiles = ["/robots.txt", "/ads.txt", "/app-ads.txt", "/humans.txt", "/security.txt", "/llms.txt"];

    /// <summary>The media type of a Content-Type field in lower case without parameters; null where there is none.</summary>
    public static string? Of(string? contentType)
    {
        if (contentType is null)
            return null;
        var end = contentType.IndexOfAny([';', ',']);
        var type = (end < 0 ? contentType : contentType[..end]).Trim().ToLowerInvariant();
        return type.Contains('/', StringComparison.Ordinal) ? type : null;
    }

    /// <summary>The media type of a file by its name, <c>.gz</c> cut off; null where the name does not say.</summary>
    public static string? OfFile(string name) =>
        Path.GetExtension(name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name).ToLowerInvariant() switch
        {
            ".html" or ".htm" => "text/html",
            ".xhtml" => "application/xhtml+xml",
            ".txt" => "text/plain",
            ".xml" => "application/xml",
            ".rss" => "application/rss+xml",
            ".atom" => "application/atom+xml",
            ".json" => "application/json",
            _ => null,
        };

    /// <summary>Most documents are pages and show it at once; only others are looked at as feeds.</summary>
    public static bool IsFeed(ReadOnlySpan<byte> prefix) => !LooksLikeHtml(prefix) && FeedSniffer.LooksLikeFeed(prefix);

    /// <summary>True for what is sent as a page, or as a page's text.</summary>
    /// <param name="contentType">The field as sent; null = there is none.</param>
    public static bool ClaimsPage(string? contentType) => Of(contentType) is "text/html" or "application/xhtml+xml" or "text/plain";

    public static bool IsPage(string? mediaType, string url, ReadOnlySpan<byte> prefix) => mediaType switch
    {
        "text/html" or "application/xhtml+xml" => true,
        "text/plain" => !IsMachineFile(url),
        null or "application/octet-stream" or "application/xml" or "text/xml" or "unknown/unknown" => LooksLikeHtml(prefix),
        _ => false,
    };

    public static bool LooksLikeHtml(ReadOnlySpan<byte> prefix)
    {
        var text = prefix.TrimStart(" \t\r\n\f\uFEFF"u8);
        if (text.StartsWith("<?xml"u8) && text.IndexOf("?>"u8) is > 0 and var end)
            text = text[(end + 2)..].TrimStart(" \t\r\n"u8);
        while (text.StartsWith("<!--"u8) && text.IndexOf("-->"u8) is > 0 and var comment)
            text = text[(comment + 3)..].TrimStart(" \t\r\n"u8);
        return Starts(text, "<!doctype html") || Starts(text, "<html") || Starts(text, "<head");
    }

    private static bool Starts(ReadOnlySpan<byte> text, string lowerCase)
    {
        if (text.Length < lowerCase.Length)
            return false;
        for (var i = 0; i < lowerCase.Length; i++)
        {
            if (char.ToLowerInvariant((char)text[i]) != lowerCase[i])
                return false;
        }

        return true;
    }

    private static bool IsMachineFile(string url)
    {
        var path = Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.AbsolutePath : url;
        return path.Contains("/.well-known/", StringComparison.Ordinal) || MachineFiles.Any(f => path.Equals(f, StringComparison.OrdinalIgnoreCase));
    }
}
