using IngestPipeline.Feeds.Text;

namespace IngestPipeline.Feeds.Formats;

/// <summary>The elements of Atom 0.3 and 1.0, in Atom feeds and wherever else they are used (RFC 4287 §4).</summary>
internal static class AtomFields
{
    private const string RelationRegistry = "http://www.iana.org/assignments/relation/";

    /// <summary>Reads one element of an entry.</summary>
    /// <param name="element">The element.</param>
    /// <param name="entry">Receives its value.</param>
    /// <param name="rank">How good a source the element is where others say the same: 0 is the best.</param>
    /// <returns>False when it is none of Atom's.</returns>
    public static bool ReadEntry(FeedElement element, EntryDraft entry, int rank)
    {
        switch (element.Local)
        {
            case "id":
                entry.Id.Set(element.Identifier(), rank);
                break;
            case "title":
                entry.Title.Set(element.Text(KindOf(element)), rank);
                break;
            case "link":
                ReadEntryLink(element, entry, rank);
                break;
            case "summary":
                entry.Summary.Set(element.Text(KindOf(element)), rank);
                break;
            case "content":
                ReadContent(element, entry, rank);
                break;
            case "published" or "issued":
                entry.Published.Set(element.Date(), rank);
                break;
            case "updated" or "modified":
                entry.Updated.Set(element.Date(), rank);
                break;
            case "created":
                entry.Published.Set(element.Date(), rank + Ranks.Substitute);
                break;
            case "author":
                entry.AddAuthors(element.Person(), rank);
                break;
            case "category":
                entry.AddCategory(Category(element));
                break;
            case "source":
                ReadSource(element, entry);
                break;
            case "contributor" or "rights" or "copyright" or "generator" or "icon" or "logo" or "control":
                element.Skip();
                break;
            default:
                return false;
        }
        return true;
    }

    /// <summary>Reads one element of a feed; see <see cref="ReadEntry"/>.</summary>
    public static bool ReadFeed(FeedElement element, FeedDraft feed, int rank)
    {
        switch (element.Local)
        {
            case "title":
                feed.Title.Set(element.Text(KindOf(element)), rank);
                break;
            case "link":
                ReadFeedLink(element, feed, rank);
                break;
            case "updated" or "modified":
                feed.Updated.Set(element.Date(), rank);
                break;
            case "published" or "issued":
                feed.Updated.Set(element.Date(), rank + Ranks.Substitute);
                break;
            case "author":
                feed.AddAuthors(element.Person(), rank);
                break;
            case "language":
                feed.Language.Set(element.Text(), rank);
                break;
            case "id" or "subtitle" or "tagline" or "info" or "contributor" or "rights" or "copyright" or "generator" or "icon" or "logo" or "category":
                element.Skip();
                break;
            default:
                return false;
        }
        return true;
    }

    /// <summary>An Atom category's term, or the text of one that is written as in RSS.</summary>
    public static string? Category(FeedElement element)
    {
        var term = element.Attribute("term")?.Trim();
        var label = element.Attribute("label")?.Trim();
        var text = element.Text();
        return !string.IsNullOrEmpty(term) ? term : text ?? label;
    }

    private static void ReadContent(FeedElement element, EntryDraft entry, int rank)
    {
        // Content that lies elsewhere (RFC 4287 §4.1.3.2) is where the entry's link should lead.
        if (element.AddressAttribute("src") is { } source)
        {
            entry.Link.SetFirst(source, rank + Ranks.LastResort);
            element.Skip();
            return;
        }
        entry.Content.Set(element.Text(KindOf(element)), rank);
    }

    private static void ReadSource(FeedElement element, EntryDraft entry)
    {
        // The feed that the entry was taken from: only its authors are the entry's (RFC 4287 §4.2.1).
        var end = element.Depth;
        while (element.NextInside(end))
        {
            if (element.Local == "author" && element.Depth == end + 1)
                entry.AddAuthors(element.Person(), Ranks.Substitute);
            else
                element.Skip();
        }
    }

    private static void ReadEntryLink(FeedElement element, EntryDraft entry, int rank)
    {
        var relation = RelationOf(element, out var exact);
        var type = element.Attribute("type");
        var length = element.Attribute("length");
        var target = element.AddressAttribute("href");
        // With its address in an attribute the element is left open: some feeds forget to close it.
        var text = target is null ? element.Address() : null;
        if (relation == "enclosure")
            entry.AddEnclosure(target, type, length);
        else if (relation == "alternate")
            entry.Link.SetFirst(target ?? text, rank + LinkRank(type, target, exact));
    }

    private static void ReadFeedLink(FeedElement element, FeedDraft feed, int rank)
    {
        var relation = RelationOf(element, out var exact);
        var type = element.Attribute("type");
        var target = element.AddressAttribute("href");
        // With its address in an attribute the element is left open: some feeds forget to close it.
        var text = target is null ? element.Address() : null;
        switch (relation)
        {
            case "alternate":
                feed.Link.SetFirst(target ?? text, rank + LinkRank(type, target, exact));
                break;
            case "self":
                feed.SelfLink ??= target;
                break;
            case "hub":
                feed.Hub ??= target;
                break;
            // An archive does not change, while the pages behind "next" shift with each new entry (RFC 5005 §3 and §4).
            case "prev-archive":
                feed.Archive ??= target;
                break;
            case "next":
                feed.NextPage ??= target;
                break;
        }
    }

    // Relation types are compared case-sensitively (RFC 4287 §4.2.7.2): another case is better than nothing.
    private static int LinkRank(string? type, string? target, bool exact) => (exact ? 0 : 4)
        + (target is null ? 3 : type is null ? 1 : type.Contains("html", StringComparison.OrdinalIgnoreCase) ? 0 : 2);

    private static string RelationOf(FeedElement element, out bool exact)
    {
        var relation = element.Attribute("rel")?.Trim() ?? "";
        if (relation.StartsWith(RelationRegistry, StringComparison.OrdinalIgnoreCase))
            relation = relation[RelationRegistry.Length..];
        var lower = relation.ToLowerInvariant();
        exact = lower == relation;
        return lower.Length == 0 ? "alternate" : lower;
    }

    // RFC 4287 §3.1.1 and §4.1.3; Atom 0.3 §3.1 with its media types and modes.
    private static TextKind KindOf(FeedElement element)
    {
        var mode = element.Attribute("mode")?.Trim();
        var type = element.Attribute("type")?.Trim().ToLowerInvariant() ?? "";
        if (string.Equals(mode, "base64", StringComparison.OrdinalIgnoreCase))
            return TextKind.Base64;
        return type switch
        {
            "" or "text" => TextKind.Plain,
            "html" or "text/html" => TextKind.Html,
            "xhtml" => TextKind.XhtmlInDiv,
            _ when type.EndsWith("xml", StringComparison.Ordinal) => TextKind.Xhtml,
            _ when type.StartsWith("text/", StringComparison.Ordinal) => TextKind.Plain,
            _ => TextKind.Base64,
        };
    }
}
