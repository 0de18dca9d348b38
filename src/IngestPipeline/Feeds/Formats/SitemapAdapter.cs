using IngestPipeline.Feeds.Xml;

namespace IngestPipeline.Feeds.Formats;

/// <summary>
/// XML sitemaps and sitemap indexes (https://www.sitemaps.org/protocol.html), with the news extension
/// (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap).
/// </summary>
internal sealed class SitemapAdapter(FeedFormat format) : FeedAdapter
{
    /// <inheritdoc />
    public override FeedFormat Format => format;

    /// <inheritdoc />
    public override bool IsEntry(FeedElement element) =>
        element.Vocabulary == XmlVocabulary.Sitemap && element.Local == (format == FeedFormat.SitemapIndex ? "sitemap" : "url");

    /// <inheritdoc />
    public override void ReadEntry(FeedElement element, EntryDraft entry)
    {
        switch (element.Vocabulary, element.Local)
        {
            case (XmlVocabulary.Sitemap, "loc"):
                entry.Link.Set(element.Address(), element.Nesting);
                break;
            case (XmlVocabulary.Sitemap, "lastmod"):
                entry.Updated.Set(element.Date(), element.Nesting);
                break;
            case (XmlVocabulary.News, "news"):
                break;
            case (XmlVocabulary.News, "title"):
                entry.Title.Set(element.Text(), 0);
                break;
            case (XmlVocabulary.News, "publication_date"):
                entry.Published.Set(element.Date(), 0);
                break;
            case (XmlVocabulary.News, "keywords"):
                foreach (var keyword in (element.Text() ?? "").Split(',', StringSplitOptions.TrimEntries))
                    entry.AddCategory(keyword);
                break;
            default:
                element.Skip();
                break;
        }
    }

    /// <inheritdoc />
    public override void ReadFeed(FeedElement element, FeedDraft feed)
    {
        // A sitemap says nothing about itself.
    }
}
