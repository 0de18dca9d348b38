namespace IngestPipeline.Feeds;

/// <summary>The family of a feed document, known by its content and never by its name.</summary>
public enum FeedFormat
{
    /// <summary>Not a feed that this reader knows.</summary>
    None,

    /// <summary>RSS 0.91 to 2.0.</summary>
    Rss,

    /// <summary>RSS 0.90 and 1.0 (RDF).</summary>
    Rdf,

    /// <summary>Atom 0.3 and 1.0.</summary>
    Atom,

    /// <summary>JSON Feed 1.0 and 1.1.</summary>
    JsonFeed,

    /// <summary>An XML sitemap, with or without the news extension.</summary>
    Sitemap,

    /// <summary>An XML sitemap index; its entries are sitemaps.</summary>
    SitemapIndex,

    /// <summary>Channel Definition Format.</summary>
    Cdf,

    /// <summary>A plain-text sitemap: one URL a line.</summary>
    TextSitemap,
}
