using IngestPipeline.Feeds.Text;

namespace IngestPipeline.Feeds.Formats;

/// <summary>A sitemap in plain text: one address a line (https://www.sitemaps.org/protocol.html#otherformats).</summary>
/// <param name="text">The document.</param>
internal sealed class TextSitemap(string text) : IFeedDocument
{
    /// <inheritdoc />
    public FeedFormat Format => IsSitemap(text) ? FeedFormat.TextSitemap : FeedFormat.None;

    /// <inheritdoc />
    public Feed Feed { get; } = new();

    /// <inheritdoc />
    public bool? WellFormed => null;

    /// <inheritdoc />
    public IEnumerable<FeedEntry> ReadEntries()
    {
        if (!IsSitemap(text))
            yield break;
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (IsAddress(line))
                yield return new() { Link = line };
        }
    }

    /// <summary>Whether a text starts with a web address on a line of its own.</summary>
    public static bool IsSitemap(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(" \t\r\n\uFEFF");
        var end = text.IndexOfAny('\r', '\n');
        return IsAddress(text[..(end < 0 ? text.Length : end)].Trim());
    }

    private static bool IsAddress(ReadOnlySpan<char> line) =>
        UriReference.IsAbsolute(line) && line.StartsWith("http", StringComparison.OrdinalIgnoreCase)
        && line.Contains("://", StringComparison.Ordinal) && !line.ContainsAny(" \t<>\"");
}
