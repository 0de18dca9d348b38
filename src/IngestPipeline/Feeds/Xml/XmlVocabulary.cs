namespace IngestPipeline.Feeds.Xml;

/// <summary>The vocabularies that feeds draw their elements from, each under all of its historical namespace names.</summary>
internal enum XmlVocabulary
{
    /// <summary>A namespace that no adapter reads.</summary>
    Unknown,

    /// <summary>No namespace: RSS 0.91 to 2.0.</summary>
    None,

    /// <summary>RSS in a namespace of its own (0.90, 1.0, and 2.0 as some write it).</summary>
    Rss,

    /// <summary>Atom 0.3 and 1.0, and the drafts before them.</summary>
    Atom,

    /// <summary>RDF's own elements and attributes.</summary>
    Rdf,

    /// <summary>The content module (content:encoded).</summary>
    Content,

    /// <summary>Dublin Core elements.</summary>
    DublinCore,

    /// <summary>Dublin Core terms.</summary>
    DublinCoreTerms,

    /// <summary>Media RSS.</summary>
    Media,

    /// <summary>Apple's podcast elements.</summary>
    Itunes,

    /// <summary>The syndication module (update period).</summary>
    Syndication,

    /// <summary>FeedBurner's own links.</summary>
    FeedBurner,

    /// <summary>Feed history (RFC 5005).</summary>
    History,

    /// <summary>XHTML.</summary>
    Xhtml,

    /// <summary>The sitemap protocol.</summary>
    Sitemap,

    /// <summary>News sitemaps.</summary>
    News,

    /// <summary>Extensions of the sitemap protocol that carry no entry of their own (image, video).</summary>
    SitemapExtension,

    /// <summary>The reserved prefix xml.</summary>
    Xml,
}
