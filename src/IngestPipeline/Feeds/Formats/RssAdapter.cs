using IngestPipeline.Feeds.Text;
using IngestPipeline.Feeds.Xml;

namespace IngestPipeline.Feeds.Formats;

/// <summary>RSS 0.91 to 2.0 in no namespace or any, and the RDF forms: RSS 0.90 and 1.0.</summary>
/// <param name="format">Which of the two families.</param>
/// <param name="core">The vocabulary that the format's own elements are in; others count less.</param>
internal sealed class RssAdapter(FeedFormat format, XmlVocabulary core) : FeedAdapter
{
    /// <inheritdoc />
    public override FeedFormat Format => format;

    /// <inheritdoc />
    public override bool IsEntry(FeedElement element) =>
        element.Local == "item" && IsCore(element) || element.Local == "entry" && element.Vocabulary == XmlVocabulary.Atom;

    /// <inheritdoc />
    public override void BeginEntry(FeedElement element, EntryDraft entry)
    {
        if (element.Attribute("rdf:about") is not { } about)
            return;
        entry.Id.Set(about.Trim(), Ranks.Substitute);
        if (UriReference.IsAbsolute(about) && about.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            entry.Link.Set(about.Trim(), Ranks.LastResort);
    }

    /// <inheritdoc />
    public override void ReadEntry(FeedElement element, EntryDraft entry)
    {
        if (element.Vocabulary == XmlVocabulary.Atom)
            _ = AtomFields.ReadEntry(element, entry, RankOf(element));
        else if (IsCore(element))
            _ = RssFields.ReadEntry(element, entry, RankOf(element));
        else
            ModuleFields.ReadEntry(element, entry);
    }

    /// <inheritdoc />
    public override void ReadFeed(FeedElement element, FeedDraft feed)
    {
        if (element.Local is "channel" or "rss" or "rdf")
        {
            element.ParentDepth = element.Depth;
            feed.Language.Set(element.Language, Ranks.Substitute);
        }
        else if (element.Vocabulary == XmlVocabulary.Atom)
            _ = AtomFields.ReadFeed(element, feed, RankOf(element));
        else if (IsCore(element))
            _ = RssFields.ReadFeed(element, feed, RankOf(element));
        else
            ModuleFields.ReadFeed(element, feed);
    }

    private static bool IsCore(FeedElement element) => element.Vocabulary is XmlVocabulary.None or XmlVocabulary.Rss;

    private int RankOf(FeedElement element) =>
        Math.Min(element.Nesting, Ranks.MostNesting) + (element.Vocabulary == core ? 0 : Ranks.Foreign);
}
