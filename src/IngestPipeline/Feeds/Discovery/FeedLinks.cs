using System.Text;
using IngestPipeline.Fetching.Html;

namespace IngestPipeline.Feeds.Discovery;

/// <summary>Finds where a page says that its feeds are, in one linear pass and without a tree.</summary>
public static class FeedLinks
{
    private const int MostBytes = 2 << 20;
    private const int MostTags = 50_000;
    private const int MostLinks = 50;

    // https://blog.whatwg.org/feed-autodiscovery, JSON Feed 1.1 ("Discovery"); the plain XML types are used for feeds by many sites.
    private static readonly string[] Types =
        ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml", "application/xml", "text/xml"];

    // Tried in this order where a site names none.
    private static readonly string[] Places = ["feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json", "feeds/posts/default"];

    /// <summary>The feeds that a page names: <c>link rel=alternate</c> first, then links whose words say that they are feeds.</summary>
    /// <param name="page">The page's bytes.</param>
    /// <param name="url">Its address.</param>
    public static IReadOnlyList<FeedLink> OfPage(ReadOnlySpan<byte> page, Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var found = new List<FeedLink>();
        var anchors = new List<FeedLink>();
        var root = url;
        foreach (var tag in HtmlTag.Read(page[..Math.Min(page.Length, MostBytes)], MostTags))
        {
            if (tag.Name == "base" && Absolute(root, tag["href"]) is { } given)
                url = given;
            else if (tag.Name == "link" && IsAlternate(tag) && Absolute(url, tag["href"]) is { } named)
                found.Add(new(named, tag["title"], "the page names it (link rel=alternate)"));
            else if (tag.Name == "a" && Absolute(url, tag["href"]) is { } linked && LooksLikeFeed(linked))
                anchors.Add(new(linked, tag["title"], "the page links to it"));
        }

        return [.. found.Concat(anchors).DistinctBy(l => l.Url.AbsoluteUri, StringComparer.Ordinal).Take(MostLinks)];
    }

    /// <summary>The places in which sites usually keep their feed.</summary>
    public static IReadOnlyList<FeedLink> CommonPlaces(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return [.. Places.Select(place => new FeedLink(new Uri(url, "/" + place), null, "a usual place"))];
    }

    /// <summary>The sitemaps that a robots.txt names, those with "news" in their address first.</summary>
    public static IReadOnlyList<FeedLink> OfRobots(ReadOnlySpan<byte> robots, Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        var found = new List<FeedLink>();
        foreach (var line in Encoding.UTF8.GetString(robots[..Math.Min(robots.Length, 512 * 1024)]).Split('\n'))
        {
            if (line.TrimStart().StartsWith("sitemap:", StringComparison.OrdinalIgnoreCase)
                && Absolute(url, line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]) is { } sitemap)
                found.Add(new(sitemap, null, "robots.txt names it (Sitemap)"));
        }

        return [.. found.OrderBy(l => !l.Url.AbsoluteUri.Contains("news", StringComparison.OrdinalIgnoreCase))
            .DistinctBy(l => l.Url.AbsoluteUri, StringComparer.Ordinal)
            .Take(MostLinks)];
    }

    private static bool IsAlternate(HtmlTag tag)
    {
        var relations = (tag["rel"] ?? "").Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        var type = (tag["type"] ?? "").Split(';')[0].Trim();
        return (relations.Contains("alternate", StringComparer.OrdinalIgnoreCase) && !relations.Contains("stylesheet", StringComparer.OrdinalIgnoreCase)
                && Types.Contains(type, StringComparer.OrdinalIgnoreCase))
            || relations.Contains("feed", StringComparer.OrdinalIgnoreCase);
    }

    // A word of its own: "feed", "rss", "atom" between characters that are no letters.
    private static bool LooksLikeFeed(Uri url)
    {
        var words = url.PathAndQuery.ToLowerInvariant().Split(['/', '.', '-', '_', '?', '=', '&'], StringSplitOptions.RemoveEmptyEntries);
        return words.Any(word => word is "feed" or "feeds" or "rss" or "rss2" or "atom" or "rdf");
    }

    private static Uri? Absolute(Uri url, string? reference) =>
        reference?.Trim() is { Length: > 0 and < 4096 } text && Uri.TryCreate(url, text, out var absolute)
        && (absolute.Scheme == Uri.UriSchemeHttp || absolute.Scheme == Uri.UriSchemeHttps) && absolute.UserInfo.Length == 0
            ? absolute
            : null;
}
