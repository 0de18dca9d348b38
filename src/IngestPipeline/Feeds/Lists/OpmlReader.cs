using System.Xml;
using IngestPipeline.Feeds.Text;
using IngestPipeline.Feeds.Xml;

namespace IngestPipeline.Feeds.Lists;

/// <summary>
/// Reads OPML subscription lists (http://opml.org/spec2.opml), nested to any depth, through the feed reader's own tokenizer: exports with a
/// broken encoding, bare ampersands or a cut end give what can be read.
/// </summary>
internal static class OpmlReader
{
    public static bool IsOpml(ReadOnlySpan<byte> bytes)
    {
        var start = bytes[..Math.Min(bytes.Length, 2048)];
        return start.IndexOf("<opml"u8) >= 0
            || start.IndexOf("<OPML"u8) >= 0
            || start.IndexOf("<\0o\0p\0m\0l\0"u8) >= 0
            || start.IndexOf("\0<\0o\0p\0m\0l"u8) >= 0;
    }

    public static FeedListResult Read(ReadOnlyMemory<byte> bytes)
    {
        var repairs = new Repairs();
        var (encoding, skip) = DocumentEncoding.Choose(bytes.Span, null, repairs);
        var xml = new XmlTokenizer(new CharSource(bytes[skip..], encoding, repairs), null, repairs);
        var feeds = new Dictionary<string, FeedSettings>(StringComparer.Ordinal);
        var order = new List<string>();
        var folders = new Stack<(int Depth, string Name)>();
        var problems = new List<FeedListProblem>();
        while (xml.Read())
        {
            if (xml.Kind == XmlTokenKind.End)
            {
                while (folders.TryPeek(out var folder) && folder.Depth >= xml.Depth)
                    folders.Pop();
                continue;
            }

            if (xml.Kind != XmlTokenKind.Start || xml.Name.Local != "outline")
                continue;
            while (folders.TryPeek(out var folder) && folder.Depth >= xml.Depth)
                folders.Pop();
            var title = Text(xml, "title") ?? Text(xml, "text");
            var address = Text(xml, "xmlUrl") ?? Text(xml, "xmlurl") ?? Text(xml, "XMLURL");
            if (address is null)
            {
                if (title is not null)
                    folders.Push((xml.Depth, title));
                continue;
            }

            if (Address(address) is not { } url)
            {
                problems.Add(new(0, $"\"{(address.Length <= 60 ? address : address[..59] + "…")}\" is no http or https address of a feed; left out"));
                continue;
            }

            var feed = new FeedSettings { Url = url, Title = title, Section = folders.TryPeek(out var within) ? within.Name : null };
            if (feeds.TryAdd(feed.Id, feed))
                order.Add(feed.Id);
        }

        return new(new([.. order.Select(id => feeds[id])]), problems) { Form = FeedListForm.Opml };
    }

    // feed: was a scheme of its own once (https://web.archive.org/web/2004/http://www.25hoursaday.com/draft-obasanjo-feed-URI-scheme-02.html).
    private static Uri? Address(string text)
    {
        var address = text.Trim();
        if (address.StartsWith("feed://", StringComparison.OrdinalIgnoreCase))
            address = "http://" + address[7..];
        else if (address.StartsWith("feed:", StringComparison.OrdinalIgnoreCase))
            address = address[5..];
        return Uri.TryCreate(address, UriKind.Absolute, out var url) && Pipeline.ArticleUrl.TryCreate(url) is not null ? url : null;
    }

    private static string? Text(XmlTokenizer xml, string name) => xml.Attribute(name)?.Trim() is { Length: > 0 } text ? text : null;
}
