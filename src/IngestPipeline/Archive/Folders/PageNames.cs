using System.Text.Json;
using IngestPipeline.Fetching.Html;

namespace IngestPipeline.Archive.Folders;

/// <summary>The URL that a page or feed gives itself: <c>rel=canonical</c>, else <c>og:url</c> in a page's head; the self link of a feed.</summary>
internal static class PageNames
{
    private const int MostBytes = 64 * 1024;
    private const int MostTags = 2_000;

    /// <summary>The absolute http or https URL that a page's head names; null where there is none.</summary>
    public static string? OfPage(ReadOnlySpan<byte> page)
    {
        string? openGraph = null;
        foreach (var tag in HtmlTag.Read(page[..Math.Min(page.Length, MostBytes)], MostTags))
        {
            if (tag.Name is "body" or "/head")
                break;
            if (tag.Name == "link" && Words(tag["rel"]).Contains("canonical", StringComparer.OrdinalIgnoreCase) && Web(tag["href"]) is { } canonical)
                return canonical;
            if (tag.Name == "meta" && (tag["property"] ?? tag["name"]) is "og:url")
                openGraph ??= Web(tag["content"]);
        }

        return openGraph;
    }

    /// <summary>The URL that an XML or JSON feed says is its own; null where there is none.</summary>
    public static string? OfFeed(ReadOnlySpan<byte> feed)
    {
        if (feed.TrimStart(" \t\r\n\uFEFF"u8).StartsWith("{"u8))
            return OfJsonFeed(feed.TrimStart(" \t\r\n\uFEFF"u8));

        foreach (var tag in HtmlTag.Read(feed[..Math.Min(feed.Length, MostBytes)], MostTags))
        {
            var local = tag.Name[(tag.Name.LastIndexOf(':') + 1)..];
            if (local is "item" or "entry")
                break;
            if (local == "link" && tag["rel"] == "self" && Web(tag["href"]) is { } self)
                return self;
        }

        return null;
    }

    private static string? OfJsonFeed(ReadOnlySpan<byte> feed)
    {
        var state = new JsonReaderState(new() { MaxDepth = 64, AllowTrailingCommas = true });
        var reader = new Utf8JsonReader(feed[..Math.Min(feed.Length, MostBytes)], isFinalBlock: false, state);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("feed_url"u8))
                    return reader.Read() && reader.TokenType == JsonTokenType.String ? Web(reader.GetString()) : null;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON after all: it has no name.
        }

        return null;
    }

    private static string? Web(string? url) =>
        url is { Length: < 4096 } && Uri.TryCreate(url.Trim(), UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            ? uri.AbsoluteUri
            : null;

    private static string[] Words(string? text) => (text ?? "").Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
