using System.Text;
using IngestPipeline.Feeds;

namespace IngestPipeline.Tests.Feeds;

/// <summary>Short forms for reading small documents.</summary>
internal static class Documents
{
    public static FeedReadResult Read(string document, string? url = null, string? contentType = null, string? contentLocation = null) =>
        Read(Encoding.UTF8.GetBytes(document), url, contentType, contentLocation);

    public static FeedReadResult Read(byte[] document, string? url = null, string? contentType = null, string? contentLocation = null) =>
        new FeedReader().Read(document, new FeedSource(url is null ? null : new Uri(url), contentType, contentLocation));

    public static FeedReadResult ReadItem(string item, string? url = null) =>
        Read($"<rss version=\"2.0\" {Namespaces}><channel><title>Feed</title><item>{item}</item></channel></rss>", url);

    public static FeedEntry Item(string item, string? url = null) => Assert.Single(ReadItem(item, url).Entries);

    public static FeedEntry AtomEntry(string entry, string? url = null) =>
        Assert.Single(Read($"<feed xmlns=\"http://www.w3.org/2005/Atom\">{entry}</feed>", url).Entries);

    public static FeedReadResult Channel(string fields, string? url = null) =>
        Read($"<rss version=\"2.0\" {Namespaces}><channel>{fields}</channel></rss>", url);

    private const string Namespaces =
        "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
        + "xmlns:atom=\"http://www.w3.org/2005/Atom\" xmlns:media=\"http://search.yahoo.com/mrss/\" xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" "
        + "xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\" xmlns:feedburner=\"http://rssnamespace.org/feedburner/ext/1.0\"";
}
