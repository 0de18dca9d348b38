using System.Globalization;
using IngestPipeline.Feeds.Text;

namespace IngestPipeline.Feeds.Formats;

/// <summary>The elements of RSS 0.90 to 2.0 (https://www.rssboard.org/rss-specification), and a few that feeds use as if they were.</summary>
internal static class RssFields
{
    /// <summary>Reads one element of an item; see <see cref="AtomFields.ReadEntry"/>.</summary>
    public static bool ReadEntry(FeedElement element, EntryDraft entry, int rank)
    {
        switch (element.Local)
        {
            case "title":
                entry.Title.Set(element.Text(TextKind.Html), rank);
                break;
            case "link" when IsPlainLink(element):
                entry.Link.Set(LinkAddress(element), rank);
                break;
            case "guid":
                ReadGuid(element, entry, rank);
                break;
            case "pubdate":
                entry.Published.Set(element.Date(), rank);
                break;
            case "description":
                entry.Description.Set(element.Text(TextKind.Html), rank);
                break;
            case "body" or "fullitem":
                entry.Content.Set(element.Text(TextKind.Html), rank + 1);
                break;
            case "summary" when element.Attribute("type") is null:
                entry.Summary.Set(element.Text(TextKind.Html), rank);
                break;
            case "content" when element.Attribute("type") is null && element.Attribute("src") is null:
                entry.Content.Set(element.Text(TextKind.Html), rank);
                break;
            case "category":
                entry.AddCategory(AtomFields.Category(element));
                break;
            case "tags":
                foreach (var tag in (element.Text() ?? "").Split(',', StringSplitOptions.TrimEntries))
                    entry.AddCategory(tag);
                break;
            case "enclosure":
                ReadEnclosure(element, entry);
                break;
            case "source" or "image" or "comments" or "textinput" or "cloud" or "items":
                element.Skip();
                break;
            default:
                return AtomFields.ReadEntry(element, entry, rank);
        }
        return true;
    }

    /// <summary>Reads one element of a channel; see <see cref="AtomFields.ReadEntry"/>.</summary>
    public static bool ReadFeed(FeedElement element, FeedDraft feed, int rank)
    {
        switch (element.Local)
        {
            case "title":
                feed.Title.Set(element.Text(TextKind.Html), rank);
                break;
            case "link" when IsPlainLink(element):
                feed.Link.Set(LinkAddress(element), rank);
                element.UseSiteLink(feed.Link.Value);
                break;
            case "lastbuilddate":
                feed.Updated.Set(element.Date(), rank);
                break;
            case "pubdate":
                feed.Updated.Set(element.Date(), rank + Ranks.Substitute);
                break;
            case "ttl":
                feed.TimeToLive = Number(element.Text()) ?? feed.TimeToLive;
                break;
            case "managingeditor":
                feed.AddAuthors(element.Person(), rank + Ranks.LastResort);
                break;
            case "skiphours":
                foreach (var hour in Items(element, "hour"))
                    feed.SkipHours |= SkippedHours.Hour(hour);
                break;
            case "skipdays":
                foreach (var day in Items(element, "day"))
                    feed.SkipDays |= SkippedHours.Day(day);
                break;
            case "description" or "image" or "textinput" or "cloud" or "webmaster" or "docs" or "rating":
                element.Skip();
                break;
            default:
                return AtomFields.ReadFeed(element, feed, rank);
        }
        return true;
    }

    /// <summary>A whole number as feeds write it; null when the text is none.</summary>
    public static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IEnumerable<string> Items(FeedElement element, string name)
    {
        var depth = element.Depth;
        while (element.NextInside(depth))
        {
            if (element.Local == name && element.Text() is { } text)
                yield return text;
        }
    }

    // An element without a relation is RSS's own link even where its address is in an attribute, as in Atom.
    private static bool IsPlainLink(FeedElement element) => element.Attribute("rel") is null;

    private static string? LinkAddress(FeedElement element) => element.AddressAttribute("href") ?? element.Address();

    private static void ReadGuid(FeedElement element, EntryDraft entry, int rank)
    {
        var permanent = element.Attribute("isPermaLink");
        if (element.Text() is not { } guid)
            return;
        entry.Id.Set(guid, rank);
        // Without a link the guid is one, unless it says that it is not (RSS 2.0, <guid>).
        if (!string.Equals(permanent?.Trim(), "false", StringComparison.OrdinalIgnoreCase) && UriReference.IsAbsolute(guid)
            && guid.StartsWith("http", StringComparison.OrdinalIgnoreCase))
            entry.Link.SetFirst(guid, rank + Ranks.Substitute);
    }

    private static void ReadEnclosure(FeedElement element, EntryDraft entry)
    {
        var type = element.Attribute("type");
        var length = element.Attribute("length");
        // With its address in an attribute the element is left open: some feeds forget to close it.
        var url = element.AddressAttribute("url") ?? element.AddressAttribute("href") ?? element.Address();
        entry.AddEnclosure(url, type, length);
    }
}
