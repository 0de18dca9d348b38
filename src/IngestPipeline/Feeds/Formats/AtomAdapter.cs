using IngestPipeline.Feeds.Xml;

namespace IngestPipeline.Feeds.Formats;

/// <summary>Atom 1.0 (RFC 4287), Atom 0.3, and single entry documents.</summary>
internal sealed class AtomAdapter : FeedAdapter
{
    /// <inheritdoc />
    public override FeedFormat Format => FeedFormat.Atom;

    /// <inheritdoc />
    public override bool IsEntry(FeedElement element) => element.Local == "entry" && element.Vocabulary == XmlVocabulary.Atom;

    /// <inheritdoc />
    public override void ReadEntry(FeedElement element, EntryDraft entry)
    {
        var rank = Math.Min(element.Nesting, Ranks.MostNesting);
        if (element.Vocabulary == XmlVocabulary.Atom && AtomFields.ReadEntry(element, entry, rank))
            return;
        if (element.Vocabulary is XmlVocabulary.Atom or XmlVocabulary.None or XmlVocabulary.Rss)
            RssFields.ReadEntry(element, entry, rank + Ranks.Foreign);
        else
            ModuleFields.ReadEntry(element, entry);
    }

    /// <inheritdoc />
    public override void ReadFeed(FeedElement element, FeedDraft feed)
    {
        if (element.Local == "feed")
        {
            element.ParentDepth = element.Depth;
            feed.Language.Set(element.Language, Ranks.Substitute);
            return;
        }
        var rank = Math.Min(element.Nesting, Ranks.MostNesting);
        if (element.Vocabulary == XmlVocabulary.Atom && AtomFields.ReadFeed(element, feed, rank))
            return;
        if (element.Vocabulary is XmlVocabulary.Atom or XmlVocabulary.None or XmlVocabulary.Rss)
            RssFields.ReadFeed(element, feed, rank + Ranks.Foreign);
        else
            ModuleFields.ReadFeed(element, feed);
    }
}
