using IngestPipeline.Feeds.Text;
using IngestPipeline.Feeds.Xml;

namespace IngestPipeline.Feeds.Formats;

/// <summary>A feed in XML: finds its format by the document element and yields its entries as they are read.</summary>
internal sealed class XmlFeedDocument : IFeedDocument
{
    // A feed inside a few elements of somebody's own is still one; anything more is another kind of document.
    private const int MostWrappers = 16;

    private readonly XmlTokenizer _xml;
    private readonly FeedElement _element;
    private readonly FeedDraft _feed = new();
    private readonly Repairs _repairs;
    private FeedAdapter? _adapter;
    private bool _anyElement;

    /// <param name="source">The document's characters.</param>
    /// <param name="origin">Where the document came from.</param>
    /// <param name="repairs">Receives what was mended.</param>
    public XmlFeedDocument(CharSource source, FeedSource origin, Repairs repairs)
    {
        _repairs = repairs;
        _xml = new(source, BaseOf(origin), repairs);
        _element = new(_xml, repairs);
        _feed.Language.Set(origin.ContentLanguage?.Split(',')[0].Trim(), Ranks.LastResort);
    }

    /// <inheritdoc />
    public FeedFormat Format => _adapter?.Format ?? FeedFormat.None;

    /// <inheritdoc />
    public Feed Feed => _feed.Build();

    /// <inheritdoc />
    public bool? WellFormed => _anyElement ? _repairs.WellFormed : null;

    /// <inheritdoc />
    public IEnumerable<FeedEntry> ReadEntries()
    {
        var wrappers = 0;
        while (_xml.Read())
        {
            if (_xml.Kind != XmlTokenKind.Start)
                continue;
            _anyElement = true;
            if (_adapter is null && (_adapter = Choose()) is null)
            {
                if (++wrappers > MostWrappers || IsHtml())
                    yield break;
                continue;
            }
            // An entry that starts inside another ends it, so one may be waiting after one was read.
            while (_xml.Kind == XmlTokenKind.Start && _adapter.IsEntry(_element))
                yield return ReadEntry(_adapter);
            if (_xml.Kind == XmlTokenKind.Start)
                _adapter.ReadFeed(_element, _feed);
        }
    }

    /// <summary>What a document's relative addresses start from: its Content-Location, else its own address (RFC 3986 §5.1).</summary>
    public static string? BaseOf(FeedSource origin)
    {
        var url = origin.Url?.OriginalString;
        return origin.ContentLocation is { Length: > 0 } location ? UriReference.Resolve(url, location.Trim()) : url;
    }

    private FeedEntry ReadEntry(FeedAdapter adapter)
    {
        var entry = new EntryDraft();
        var (outer, depth) = (_element.ParentDepth, _xml.Depth);
        _xml.NeverNested = _xml.Name.Raw;
        _element.ParentDepth = depth;
        adapter.BeginEntry(_element, entry);
        while (_xml.Read() && !(_xml.Kind == XmlTokenKind.End && _xml.Depth <= depth))
        {
            if (_xml.Kind != XmlTokenKind.Start)
                continue;
            if (adapter.IsEntry(_element))
                break;
            adapter.ReadEntry(_element, entry);
        }
        _element.ParentDepth = outer;
        return entry.Build(_feed);
    }

    // A page may quote a feed: what is inside HTML is not the document's.
    private bool IsHtml() => _element.Vocabulary == XmlVocabulary.Xhtml
        || _element.Local is "html" or "head" or "body" or "script" or "style" or "meta" or "title" or "div" or "p" or "svg";

    private FeedAdapter? Choose()
    {
        var vocabulary = _element.Vocabulary;
        switch (_element.Local)
        {
            case "rss":
                if (vocabulary is not (XmlVocabulary.None or XmlVocabulary.Rss))
                    _element.Adopt(vocabulary = XmlVocabulary.Rss);
                return new RssAdapter(FeedFormat.Rss, vocabulary);
            case "rdf":
                return new RssAdapter(FeedFormat.Rdf, XmlVocabulary.Rss);
            case "feed" or "entry":
                if (vocabulary != XmlVocabulary.Atom)
                    _element.Adopt(XmlVocabulary.Atom);
                return new AtomAdapter();
            case "urlset":
                _element.Adopt(XmlVocabulary.Sitemap);
                return new SitemapAdapter(FeedFormat.Sitemap);
            case "sitemapindex":
                _element.Adopt(XmlVocabulary.Sitemap);
                return new SitemapAdapter(FeedFormat.SitemapIndex);
            case "channel" when _xml.Name.Raw == "CHANNEL" || _element.Attribute("href") is not null:
                return new CdfAdapter();
            case "channel" or "item":
                return new RssAdapter(FeedFormat.Rss, XmlVocabulary.None);
            default:
                return null;
        }
    }
}
