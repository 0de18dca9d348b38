using System.Text;
using IngestPipeline.Feeds.Formats;
using IngestPipeline.Feeds.Text;
using IngestPipeline.Feeds.Xml;

namespace IngestPipeline.Feeds;

/// <summary>Tells by content whether a document is a feed, cheaply: it looks at the first bytes only.</summary>
public static class FeedSniffer
{
    /// <summary>How many bytes of the decoded body are enough for <see cref="LooksLikeFeed"/>.</summary>
    public const int PrefixLength = 4096;

    /// <summary>True when the document starts like a feed; an HTML page that merely mentions one does not.</summary>
    /// <param name="prefix">The document's first bytes; more than <see cref="PrefixLength"/> are not looked at.</param>
    public static bool LooksLikeFeed(ReadOnlySpan<byte> prefix)
    {
        var head = prefix[..Math.Min(prefix.Length, PrefixLength)].ToArray();
        var repairs = new Repairs();
        var (encoding, skip) = DocumentEncoding.Choose(head, contentType: null, repairs);
        var text = encoding.GetString(head.AsSpan(skip)).AsSpan().TrimStart(" \t\r\n\uFEFF");
        if (text.Length == 0)
            return false;
        return text[0] switch
        {
            '{' => LooksLikeJsonFeed(text),
            'h' or 'H' => TextSitemap.IsSitemap(text),
            _ => text.Contains('<') && LooksLikeXmlFeed(head.AsMemory(skip), encoding, repairs),
        };
    }

    private static bool LooksLikeJsonFeed(ReadOnlySpan<char> text) =>
        text.Contains("jsonfeed.org", StringComparison.OrdinalIgnoreCase)
        || text.Contains("\"items\"", StringComparison.Ordinal)
            && (text.Contains("\"home_page_url\"", StringComparison.Ordinal) || text.Contains("\"feed_url\"", StringComparison.Ordinal));

    private static bool LooksLikeXmlFeed(ReadOnlyMemory<byte> head, Encoding encoding, Repairs repairs)
    {
        var document = new XmlFeedDocument(new CharSource(head, encoding, repairs), new FeedSource(), repairs);
        // The format is settled by the first element; entries need not be in the prefix.
        foreach (var entry in document.ReadEntries())
        {
            _ = entry;
            break;
        }
        return document.Format != FeedFormat.None;
    }
}
