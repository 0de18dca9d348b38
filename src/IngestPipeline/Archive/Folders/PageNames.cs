using System.Net;
using System.Text;
using System.Text.Json;

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
        foreach (var tag in Tags(page))
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

        foreach (var tag in Tags(feed))
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

    private static List<Tag> Tags(ReadOnlySpan<byte> bytes)
    {
        // Names and URLs are ASCII in practice; another encoding of the rest does not matter here.
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, MostBytes)]);
        var tags = new List<Tag>();
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0 && tags.Count < MostTags; at = Next(text, at))
        {
            if (text.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal))
            {
                var end = text.IndexOf("-->", at, StringComparison.Ordinal);
                if (end < 0)
                    break;
                at = end;
                continue;
            }

            var tag = Tag.Read(text, at, out var after);
            if (tag is null)
                continue;
            tags.Add(tag);
            at = after - 1;
            if (tag.Name is "script" or "style" && text.IndexOf("</" + tag.Name, after, StringComparison.OrdinalIgnoreCase) is >= 0 and var close)
                at = close;
        }

        return tags;
    }

    private static int Next(string text, int at) => at + 1 < text.Length ? text.IndexOf('<', at + 1) : -1;

    /// <summary>A start tag's name and attributes, or an end tag's name with its slash.</summary>
    private sealed class Tag(string name)
    {
        private readonly List<(string Name, string Value)> _attributes = [];

        public string Name { get; } = name;

        public string? this[string attribute]
        {
            get
            {
                foreach (var (key, value) in _attributes)
                {
                    if (key == attribute)
                        return value;
                }

                return null;
            }
        }

        public static Tag? Read(string text, int start, out int after)
        {
            var at = start + 1;
            while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('>' or '<') && (text[at] != '/' || at == start + 1))
                at++;
            after = at;
            if (at == start + 1)
                return null;

            var tag = new Tag(text[(start + 1)..at].ToLowerInvariant());
            while (at < text.Length && text[at] is not ('>' or '<'))
            {
                if (char.IsWhiteSpace(text[at]) || text[at] is '/' or '=')
                {
                    at++;
                    continue;
                }

                var name = at;
                while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('=' or '>' or '<'))
                    at++;
                var key = text[name..at].ToLowerInvariant();
                while (at < text.Length && char.IsWhiteSpace(text[at]))
                    at++;
                if (at < text.Length && text[at] == '=')
                    tag._attributes.Add((key, WebUtility.HtmlDecode(Value(text, ref at))));
            }

            after = at;
            return tag;
        }

        private static string Value(string text, ref int at)
        {
            at++;
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at >= text.Length)
                return "";

            var quote = text[at];
            var start = quote is '"' or '\'' ? at + 1 : at;
            var end = start;
            while (end < text.Length && (quote is '"' or '\'' ? text[end] != quote : !char.IsWhiteSpace(text[end]) && text[end] != '>'))
                end++;
            at = quote is '"' or '\'' ? Math.Min(end + 1, text.Length) : end;
            return text[start..end];
        }
    }
}
