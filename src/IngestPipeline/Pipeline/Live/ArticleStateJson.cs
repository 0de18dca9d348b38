using System.Text.Json;
using IngestPipeline.Feeds;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>An article's ledger as JSON.</summary>
internal static class ArticleStateJson
{
    private const string Schema = "article-state/1";

    public static byte[] Write(ArticleState state) => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteString("articleId", state.Id);
        json.WriteNumber("requests", state.Requests);
        Array(json, "pending", state.Pending, p =>
        {
            json.WriteNumber("number", p.Number);
            json.WriteString("kind", RecordJson.Name(p.Kind));
            json.WriteString("entryHash", p.EntryHash);
            json.WritePropertyName("request");
            RequestJson.Write(json, p.Request);
        });
        Array(json, "ended", state.Ended, e =>
        {
            json.WriteNumber("number", e.Number);
            json.WriteString("kind", RecordJson.Name(e.Kind));
            json.WriteString("asOf", RecordJson.Time(e.AsOf));
            json.WriteString("feed", e.FeedUrl);
            json.WriteString("entryHash", e.EntryHash);
            json.WriteString("disposition", RecordJson.Name(e.Disposition));
            json.WriteString("reason", e.Reason);
        });
        Array(json, "revisions", state.Revisions, r =>
        {
            json.WriteNumber("revision", r.Number);
            json.WriteString("captured", RecordJson.Time(r.Captured));
            json.WriteString("contentHash", r.ContentHash);
            json.WriteBoolean("hasText", r.HasText);
        });
        Array(json, "attempts", state.Attempts, a =>
        {
            json.WriteString("url", a.Url);
            json.WriteString("captured", RecordJson.Time(a.Captured));
            json.WriteBoolean("transient", a.IsTransient);
        });
        json.WriteString("claimedAt", RecordJson.Time(state.ClaimedAt));
        json.WriteString("workedSince", RecordJson.Time(state.WorkedSince));
        json.WriteString("dueAt", RecordJson.Time(state.DueAt));
        json.WriteNumber("deferrals", state.Deferrals);
        json.WriteString("marker", state.Marker);
        json.WriteString("recheckMarker", state.RecheckMarker);
        json.WriteNumber("rechecks", state.Rechecks);
        if (state.RecheckOf is { } recheck)
        {
            json.WritePropertyName("recheckOf");
            RequestJson.Write(json, recheck);
        }

        json.WriteString("problem", state.Problem);
    });

    /// <exception cref="FormatException">It is no ledger of an article.</exception>
    public static ArticleState Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var json = JsonElement.Parse(bytes);
            if (RecordJson.Text(json, "schema") != Schema)
                throw new FormatException("not an article's state");
            return new()
            {
                Id = RecordJson.Text(json, "articleId")!,
                Requests = json.GetProperty("requests").GetInt32(),
                Pending = [.. Items(json, "pending").Select(p => new PendingRequest(
                    p.GetProperty("number").GetInt32(), Enum<RequestKind>(p, "kind"), RecordJson.Text(p, "entryHash") ?? "",
                    RequestJson.Read(p.GetProperty("request"))))],
                Ended = [.. Items(json, "ended").Select(e => new EndedRequest(
                    e.GetProperty("number").GetInt32(), Enum<RequestKind>(e, "kind"), Time(e, "asOf"), RecordJson.Text(e, "feed") ?? "",
                    RecordJson.Text(e, "entryHash") ?? "", Enum<Disposition>(e, "disposition"), RecordJson.Text(e, "reason")))],
                Revisions = [.. Items(json, "revisions").Select(r => new ArticleRevision(r.GetProperty("revision").GetInt32(), Time(r, "captured"), RecordJson.Text(r, "contentHash") ?? "", r.TryGetProperty("hasText", out var text) && text.ValueKind == JsonValueKind.True))],
                Attempts = [.. Items(json, "attempts").Select(a => new FetchAttempt(RecordJson.Text(a, "url") ?? "", Time(a, "captured"), a.GetProperty("transient").GetBoolean()))],
                ClaimedAt = RecordJson.Time(RecordJson.Text(json, "claimedAt")),
                WorkedSince = RecordJson.Time(RecordJson.Text(json, "workedSince")),
                DueAt = RecordJson.Time(RecordJson.Text(json, "dueAt")),
                Deferrals = json.GetProperty("deferrals").GetInt32(),
                Marker = RecordJson.Text(json, "marker"),
                RecheckMarker = RecordJson.Text(json, "recheckMarker"),
                Rechecks = json.GetProperty("rechecks").GetInt32(),
                RecheckOf = json.TryGetProperty("recheckOf", out var recheck) ? RequestJson.Read(recheck) : null,
                Problem = RecordJson.Text(json, "problem"),
            };
        }
        catch (Exception e) when (StoreDamage.IsMisread(e))
        {
            throw new FormatException("not an article's state", e);
        }
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static IEnumerable<JsonElement> Items(JsonElement json, string name) => json.GetProperty(name).EnumerateArray();

    private static DateTimeOffset Time(JsonElement json, string name) =>
        RecordJson.Time(RecordJson.Text(json, name)) ?? throw new FormatException("a time is missing");

    private static T Enum<T>(JsonElement json, string name)
        where T : struct, Enum => RecordJson.Value<T>(RecordJson.Text(json, name));
}
