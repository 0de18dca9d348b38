using IngestPipeline.Feeds.Text;
using IngestPipeline.Feeds.Xml;

namespace IngestPipeline.Feeds.Formats;

/// <summary>
/// Elements of modules that any format may carry: Dublin Core, content, Media RSS, podcasts, syndication, FeedBurner, XHTML bodies.
/// </summary>
internal static class ModuleFields
{
    /// <summary>Reads one element of an entry; leaves what it does not know.</summary>
    public static void ReadEntry(FeedElement element, EntryDraft entry)
    {
        switch (element.Vocabulary, element.Local)
        {
            case (XmlVocabulary.Content, "encoded"):
                entry.Content.Set(element.Text(TextKind.Html), 0);
                break;
            case (XmlVocabulary.Content, "items"):
                element.Skip();
                break;
            case (XmlVocabulary.Xhtml, "body" or "div"):
                entry.Content.Set(element.Text(TextKind.Xhtml), 1);
                break;
            case (XmlVocabulary.DublinCore or XmlVocabulary.DublinCoreTerms, _):
                ReadDublinCore(element, entry);
                break;
            case (XmlVocabulary.Media, _):
                ReadMedia(element, entry);
                break;
            case (XmlVocabulary.Itunes, "author"):
                entry.AddAuthors(element.Person(), Ranks.Substitute);
                break;
            case (XmlVocabulary.Itunes, "title"):
                entry.Title.Set(element.Text(), Ranks.Module);
                break;
            case (XmlVocabulary.Itunes, "summary"):
                entry.Summary.Set(element.Text(TextKind.Html), Ranks.Module);
                break;
            case (XmlVocabulary.Itunes, "subtitle"):
                entry.Summary.Set(element.Text(), Ranks.LastResort);
                break;
            case (XmlVocabulary.FeedBurner, "origlink"):
                entry.OriginalLink = element.Address();
                break;
            case (XmlVocabulary.FeedBurner, "origenclosurelink"):
                entry.OriginalEnclosure = element.Address();
                break;
        }
    }

    /// <summary>Reads one element of a feed; leaves what it does not know.</summary>
    public static void ReadFeed(FeedElement element, FeedDraft feed)
    {
        switch (element.Vocabulary, element.Local)
        {
            case (XmlVocabulary.DublinCore or XmlVocabulary.DublinCoreTerms, "date" or "modified"):
                feed.Updated.Set(element.Date(), 1);
                break;
            case (XmlVocabulary.DublinCore, "language"):
                feed.Language.Set(element.Text(), 1);
                break;
            case (XmlVocabulary.DublinCore, "title"):
                feed.Title.Set(element.Text(), Ranks.Module);
                break;
            case (XmlVocabulary.DublinCore or XmlVocabulary.DublinCoreTerms, "creator" or "author"):
                feed.AddAuthors(element.Person(), 1);
                break;
            case (XmlVocabulary.Itunes, "author"):
                feed.AddAuthors(element.Person(), Ranks.Substitute);
                break;
            case (XmlVocabulary.Itunes, "owner"):
                feed.AddAuthors(element.Person(), Ranks.LastResort + 1);
                break;
            case (XmlVocabulary.Syndication, "updateperiod"):
                feed.UpdatePeriod = element.Text();
                break;
            case (XmlVocabulary.Syndication, "updatefrequency"):
                feed.UpdateFrequency = RssFields.Number(element.Text());
                break;
        }
    }

    private static void ReadDublinCore(FeedElement element, EntryDraft entry)
    {
        switch (element.Local)
        {
            case "creator" or "author":
                entry.AddAuthors(element.Person(), 0);
                break;
            case "date":
                entry.Published.Set(element.Date(), Ranks.Substitute);
                break;
            case "issued" or "available":
                entry.Published.Set(element.Date(), Ranks.Foreign);
                break;
            case "created":
                entry.Published.Set(element.Date(), Ranks.Module);
                break;
            case "modified":
                entry.Updated.Set(element.Date(), Ranks.Foreign);
                break;
            case "subject":
                entry.AddCategory(element.Text());
                break;
            case "title":
                entry.Title.Set(element.Text(TextKind.Html), Ranks.Module);
                break;
            case "description" or "abstract":
                entry.Summary.Set(element.Text(TextKind.Html), Ranks.Module);
                break;
            default:
                element.Skip();
                break;
        }
    }

    private static void ReadMedia(FeedElement element, EntryDraft entry)
    {
        switch (element.Local)
        {
            case "group":
                break;
            case "content":
                entry.AddEnclosure(element.AddressAttribute("url"), element.Attribute("type") ?? element.Attribute("medium"), element.Attribute("fileSize"));
                break;
            case "title":
                entry.Title.Set(element.Text(TextKind.Html), Ranks.Medium);
                break;
            case "description":
                entry.Summary.Set(element.Text(TextKind.Html), Ranks.Medium);
                break;
            default:
                element.Skip();
                break;
        }
    }
}
