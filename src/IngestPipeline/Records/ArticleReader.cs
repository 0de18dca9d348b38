using System.Globalization;
using System.Text.Json;
using IngestPipeline.Archive;
using IngestPipeline.Boilerplate;
using IngestPipeline.Extraction;

namespace IngestPipeline.Records;

/// <summary>Reads an article's facts back from JSON: written again, they are the same bytes.</summary>
internal static class ArticleReader
{
    public static Article Read(JsonElement json) => new()
    {
        Id = RecordJson.Text(json, "id")!,
        Revision = json.GetProperty("revision").GetInt32(),
        Url = RecordJson.Text(json, "url"),
        FinalUrl = RecordJson.Text(json, "finalUrl"),
        Feed = Object(json, "feed") is { } feed
            ? new(RecordJson.Text(feed, "url")!, RecordJson.Text(feed, "title"), RecordJson.Text(feed, "entryId")) { Rights = RecordJson.Text(feed, "rights") }
            : null,
        Metadata = Metadata(json),
        FirstSeen = RecordJson.Time(RecordJson.Text(json, "firstSeen")),
        Captured = RecordJson.Time(RecordJson.Text(json, "captured")),
        TextFrom = RecordJson.Value<TextSource>(RecordJson.Text(json, "textFrom")),
        Text = RecordJson.Text(json, "text")!,
        Blocks =
        [
            .. json.GetProperty("blocks").EnumerateArray().Select(b => new Block(
                RecordJson.Value<BlockKind>(RecordJson.Text(b, "kind")), RecordJson.Text(b, "text")!,
                b.TryGetProperty("level", out var level) ? level.GetInt32() : 0)),
        ],
        Removed =
        [
            .. json.GetProperty("removed").EnumerateArray().Select(b => new StrippedBlock(
                RecordJson.Text(b, "text")!, RecordJson.Text(b, "rule")!, RecordJson.Text(b, "reason")!, b.GetProperty("position").GetInt32())),
        ],
        Learned = RecordJson.Text(json, "learned"),
        Flags = [.. json.GetProperty("flags").EnumerateArray().Select(f => f.GetString()!)],
        Raw = Object(json, "raw") is { } raw
            ? new RawPointer(RecordJson.Text(raw, "url")!, RecordJson.Time(RecordJson.Text(raw, "date")), RecordJson.Text(raw, "sha256"))
            : null,
        ContentHash = RecordJson.Text(json, "contentHash")!,
    };

    private static ArticleMetadata Metadata(JsonElement json) => new()
    {
        Title = Sourced(json, "title"),
        Standfirst = Sourced(json, "standfirst"),
        Authors = Sourced(json, "authors", Names),
        Credit = Sourced(json, "credit", Names),
        Published = Sourced(json, "published", Date),
        Modified = Sourced(json, "updated", Date),
        Outlet = Sourced(json, "outlet"),
        Section = Sourced(json, "section"),
        Language = Sourced(json, "language"),
        CanonicalUrl = Sourced(json, "canonicalUrl"),
        LeadImage = Sourced(json, "leadImage"),
        Agency = Sourced(json, "agency"),
        DatelinePlace = Sourced(json, "datelinePlace"),
    };

    private static Sourced<string>? Sourced(JsonElement json, string name) => Sourced(json, name, static v => v.GetString()!);

    private static Sourced<T>? Sourced<T>(JsonElement json, string name, Func<JsonElement, T> value) =>
        Object(json, name) is { } found ? new(value(found.GetProperty("value")), RecordJson.Text(found, "source")!) : null;

    private static IReadOnlyList<string> Names(JsonElement value) => [.. value.EnumerateArray().Select(n => n.GetString()!)];

    // A day, a time, or a time with its offset: the three forms in which a date is written.
    private static ArticleDate Date(JsonElement value)
    {
        var text = value.GetString()!;
        var day = DateOnly.ParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (text.Length == 10)
            return new(day);
        var time = TimeOnly.ParseExact(text[11..19], "HH:mm:ss", CultureInfo.InvariantCulture);
        if (text.Length == 19)
            return new(day, time);
        var offset = text[19] == 'Z' ? TimeSpan.Zero : TimeSpan.ParseExact(text[20..], @"hh\:mm", CultureInfo.InvariantCulture);
        return new(day, time, text[19] == '-' ? -offset : offset);
    }

    private static JsonElement? Object(JsonElement json, string name) =>
        json.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Object ? found : null;
}
