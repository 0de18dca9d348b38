using System.Globalization;
using System.Text.Json;
using IngestPipeline.Feeds.Dates;
using IngestPipeline.Feeds.Text;

namespace IngestPipeline.Feeds.Formats;

/// <summary>JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/).</summary>
/// <param name="root">The parsed document.</param>
/// <param name="baseUri">What relative addresses start from; null when unknown.</param>
internal sealed class JsonFeedDocument(JsonElement root, string? baseUri) : IFeedDocument
{
    private readonly FeedDraft _feed = new();

    /// <inheritdoc />
    public FeedFormat Format => IsFeed(root) ? FeedFormat.JsonFeed : FeedFormat.None;

    /// <inheritdoc />
    public Feed Feed => _feed.Build();

    /// <inheritdoc />
    public bool? WellFormed => null;

    /// <inheritdoc />
    public IEnumerable<FeedEntry> ReadEntries()
    {
        if (!IsFeed(root))
            yield break;
        _feed.Title.Set(Text(root, "title"), 0);
        _feed.Link.Set(Address(root, "home_page_url"), 0);
        _feed.Language.Set(Text(root, "language"), 0);
        _feed.SelfLink = Address(root, "feed_url");
        _feed.NextPage = Address(root, "next_url");
        _feed.Hub = Items(root, "hubs").Select(hub => Address(hub, "url")).FirstOrDefault(url => url is not null);
        _feed.AddAuthors(Authors(root), 0);
        foreach (var item in Items(root, "items"))
        {
            if (item.ValueKind != JsonValueKind.Object)
                continue;
            var entry = Read(item);
            // The format has no date of its own for the feed: the newest entry's is when it changed.
            var changed = entry.Updated ?? entry.Published;
            if (changed is not null && (_feed.Updated.Value is not { } updated || changed > updated))
                _feed.Updated.Set(changed, 0);
            yield return entry;
        }
    }

    private FeedEntry Read(JsonElement item)
    {
        var entry = new EntryDraft();
        entry.Id.Set(Text(item, "id"), 0);
        entry.Title.Set(Text(item, "title"), 0);
        entry.Link.Set(Address(item, "url"), 0);
        entry.Link.SetFirst(Address(item, "external_url"), Ranks.Substitute);
        entry.Summary.Set(Text(item, "summary"), 0);
        entry.Content.Set(Text(item, "content_html") is { } html ? HtmlLinks.Resolve(html, baseUri) : null, 0);
        entry.Content.SetFirst(Text(item, "content_text"), Ranks.Substitute);
        entry.Published.Set(FeedDate.Parse(Text(item, "date_published")), 0);
        entry.Updated.Set(FeedDate.Parse(Text(item, "date_modified")), 0);
        entry.AddAuthors(Authors(item), 0);
        foreach (var tag in Items(item, "tags"))
            entry.AddCategory(Scalar(tag));
        foreach (var attachment in Items(item, "attachments"))
            entry.AddEnclosure(Address(attachment, "url"), Text(attachment, "mime_type"), Text(attachment, "size_in_bytes"));
        return entry.Build(_feed);
    }

    /// <summary>Whether a document is a JSON Feed: it says so, or has items with a title or home page of the feed beside them.</summary>
    private static bool IsFeed(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return false;
        if (Text(root, "version") is { } version && version.Contains("jsonfeed.org", StringComparison.OrdinalIgnoreCase))
            return true;
        return Property(root, "items") is { } items && items.ValueKind == JsonValueKind.Array
            && (Property(root, "title") ?? Property(root, "home_page_url") ?? Property(root, "feed_url")) is not null;
    }

    private static IEnumerable<string> Authors(JsonElement item)
    {
        var authors = Items(item, "authors");
        // Version 1.0 has one author, an object.
        if (Property(item, "author") is { } single)
            authors = authors.Append(single);
        return from author in authors
               let name = Text(author, "name") ?? Text(author, "email") ?? Text(author, "url") ?? Scalar(author)
               where name is not null
               select name;
    }

    private static IEnumerable<JsonElement> Items(JsonElement item, string name) =>
        Property(item, name) is { ValueKind: JsonValueKind.Array } value
            ? value.EnumerateArray()
            : Enumerable.Empty<JsonElement>();

    private static string? Text(JsonElement item, string name) =>
        Property(item, name) is { } value ? Scalar(value) : null;

    private static JsonElement? Property(JsonElement item, string name)
    {
        try
        {
            return item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // A property's name holds a lone surrogate escape: the parser refuses it at this late point only.
            return null;
        }
    }

    private string? Address(JsonElement item, string name) => Text(item, name) is { } address ? UriReference.Resolve(baseUri, address) : null;

    private static string? Scalar(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString()?.Trim() is { Length: > 0 } text ? text : null,
                JsonValueKind.Number => value.TryGetInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture) : value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // As above.
            return null;
        }
    }
}
