using System.Buffers;
using System.Text.Json;
using IngestPipeline.Feeds;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>An article request as JSON: what is needed to make the same article of it later, live or in a replay.</summary>
internal static class RequestJson
{
    public static void Write(Utf8JsonWriter json, ArticleRequest request)
    {
        json.WriteStartObject();
        json.WriteString("fetch", request.Fetch?.AbsoluteUri);
        json.WriteString("asOf", RecordJson.Time(request.AsOf));
        json.WriteBoolean("recheck", request.IsRecheck);
        if (request.CappedFeed is not null)
            json.WriteString("cappedFeed", request.CappedFeed);
        if (request.Feed is { } feed)
        {
            json.WriteStartObject("feed");
            json.WriteString("url", feed.Url);
            json.WriteString("title", feed.Title);
            json.WriteString("entryId", feed.EntryId);
            if (feed.Rights is not null)
                json.WriteString("rights", feed.Rights);
            if (feed.Section is not null)
                json.WriteString("section", feed.Section);
            json.WriteEndObject();
        }

        if (request.Entry is { } entry)
        {
            json.WriteStartObject("entry");
            json.WriteString("id", entry.Id);
            json.WriteString("title", entry.Title);
            json.WriteString("link", entry.Link);
            json.WriteString("published", Exact(entry.Published));
            json.WriteString("updated", Exact(entry.Updated));
            json.Texts("authors", entry.Authors);
            json.WriteString("summary", entry.Summary);
            json.WriteString("content", entry.Content);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>A request as one line.</summary>
    public static ReadOnlyMemory<byte> Line(ArticleRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            Write(json, request);
        return buffer.WrittenMemory;
    }

    public static ArticleRequest Read(JsonElement json)
    {
        var fetch = RecordJson.Text(json, "fetch") is { } address ? new Uri(address) : null;
        return new(
            fetch,
            fetch is null ? null : ArticleUrl.TryCreate(fetch),
            RecordJson.Time(RecordJson.Text(json, "asOf")),
            json.TryGetProperty("feed", out var feed) ? Feed(feed) : null,
            json.TryGetProperty("entry", out var entry) ? Entry(entry) : null)
        {
            IsRecheck = json.TryGetProperty("recheck", out var recheck) && recheck.ValueKind == JsonValueKind.True,
            CappedFeed = RecordJson.Text(json, "cappedFeed"),
        };
    }

    private static ArticleFeed Feed(JsonElement json) =>
        new(RecordJson.Text(json, "url") ?? "", RecordJson.Text(json, "title"), RecordJson.Text(json, "entryId"))
    {
        Rights = RecordJson.Text(json, "rights"),
        Section = RecordJson.Text(json, "section"),
    };

    private static FeedEntry Entry(JsonElement json) => new()
    {
        Id = RecordJson.Text(json, "id"),
        Title = RecordJson.Text(json, "title"),
        Link = RecordJson.Text(json, "link"),
        Published = Exact(RecordJson.Text(json, "published")),
        Updated = Exact(RecordJson.Text(json, "updated")),
        Authors = [.. json.GetProperty("authors").EnumerateArray().Select(a => a.GetString() ?? "")],
        Summary = RecordJson.Text(json, "summary"),
        Content = RecordJson.Text(json, "content"),
    };

    // With its own offset: a record says the time zone that the entry gave.
    private static string? Exact(DateTimeOffset? time) => time?.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset? Exact(string? text) =>
        text is null
            ? null
            : DateTimeOffset.ParseExact(text, "O", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.RoundtripKind);
}
