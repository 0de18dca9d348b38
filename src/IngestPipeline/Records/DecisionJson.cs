using System.Text.Json;
using IngestPipeline.Deduplication;

namespace IngestPipeline.Records;

/// <summary>A published decision as one line of a segment (<c>docs/schemas/decision.schema.json</c>), and as part of a record.</summary>
internal static class DecisionJson
{
    public static byte[] Write(PublishedDecision published) => RecordJson.Object(json =>
    {
        var decision = published.Decision;
        json.WriteString("id", decision.Id);
        json.WriteNumber("revision", published.Revision);
        json.WriteString("cause", published.Cause);
        WriteDecision(json, decision);
        json.WriteString("storyId", decision.StoryId);
        if (published.PreviousCanonicalId is not null)
        {
            json.WriteStartObject("previous");
            json.WriteString("canonicalId", published.PreviousCanonicalId);
            json.WriteString("kind", published.PreviousKind is { } kind ? RecordJson.Name(kind) : null);
            json.WriteString("storyId", published.PreviousStoryId);
            json.WriteEndObject();
        }

        json.WriteStartObject("article");
        json.WriteNumber("revision", published.ArticleRevision);
        json.WriteString("firstSeen", RecordJson.Time(published.FirstSeen));
        json.WriteString("captured", RecordJson.Time(published.Captured));
        json.WriteString("contentHash", published.ContentHash);
        json.WriteString("outlet", published.Outlet);
        json.WriteString("url", published.Url);
        json.WriteString("title", published.Title);
        json.WriteEndObject();
    });

    public static void WriteDecision(Utf8JsonWriter json, CopyDecision decision)
    {
        json.WriteString("canonicalId", decision.CanonicalId);
        json.WriteString("kind", RecordJson.Name(decision.Kind));
        json.WriteNumber("similarity", RecordJson.Share(decision.Similarity));
        json.WriteString("rewriteOf", decision.RewriteOf);
        json.WriteString("previousVersionId", decision.PreviousVersionId);
        json.WriteBoolean("isLatestVersion", decision.IsLatestVersion);
        if (decision.Evidence is not { } evidence)
        {
            json.WriteNull("evidence");
            return;
        }

        json.WriteStartObject("evidence");
        json.WriteString("otherId", evidence.OtherId);
        json.WriteString("measure", evidence.Measure);
        json.WriteNumber("score", RecordJson.Share(evidence.Score));
        json.WriteNumber("threshold", RecordJson.Share(evidence.Threshold));
        json.WriteNumber("containedIn", RecordJson.Share(evidence.ContainedIn));
        json.WriteNumber("contains", RecordJson.Share(evidence.Contains));
        if (evidence.Declared)
            json.WriteBoolean("declared", true);
        json.WriteString("agency", evidence.Agency);
        json.WriteString("otherAgency", evidence.OtherAgency);
        WritePassages(json, evidence.Passages);
        json.WriteEndObject();
    }

    /// <summary>The passages that two texts share, with their places in both.</summary>
    public static void WritePassages(Utf8JsonWriter json, IEnumerable<SharedPassage> passages)
    {
        json.WriteStartArray("passages");
        foreach (var passage in passages)
        {
            json.WriteStartObject();
            json.WriteNumber("start", passage.Start);
            json.WriteNumber("length", passage.Length);
            json.WriteNumber("otherStart", passage.OtherStart);
            json.WriteNumber("otherLength", passage.OtherLength);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static PublishedDecision Read(ReadOnlySpan<byte> line)
    {
        var json = JsonElement.Parse(line);
        var article = json.GetProperty("article");
        var previous = json.TryGetProperty("previous", out var given) ? given : default;
        return new()
        {
            Decision = ReadDecision(json),
            Revision = json.GetProperty("revision").GetInt32(),
            Cause = RecordJson.Text(json, "cause") ?? "new",
            PreviousCanonicalId = previous.ValueKind == JsonValueKind.Object ? RecordJson.Text(previous, "canonicalId") : null,
            PreviousKind = previous.ValueKind == JsonValueKind.Object && RecordJson.Text(previous, "kind") is { } kind
                ? Enum.Parse<CopyKind>(kind, ignoreCase: true)
                : null,
            PreviousStoryId = previous.ValueKind == JsonValueKind.Object ? RecordJson.Text(previous, "storyId") : null,
            ArticleRevision = article.GetProperty("revision").GetInt32(),
            FirstSeen = RecordJson.Time(RecordJson.Text(article, "firstSeen")),
            Captured = RecordJson.Time(RecordJson.Text(article, "captured")),
            ContentHash = RecordJson.Text(article, "contentHash") ?? "",
            Outlet = RecordJson.Text(article, "outlet"),
            Url = RecordJson.Text(article, "url"),
            Title = RecordJson.Text(article, "title"),
        };
    }

    private static CopyDecision ReadDecision(JsonElement json)
    {
        CopyEvidence? evidence = null;
        if (json.TryGetProperty("evidence", out var e) && e.ValueKind == JsonValueKind.Object)
        {
            evidence = new(
                RecordJson.Text(e, "otherId") ?? "",
                RecordJson.Text(e, "measure") ?? "",
                RecordJson.TenThousandths(e.GetProperty("score")),
                RecordJson.TenThousandths(e.GetProperty("threshold")),
                RecordJson.TenThousandths(e.GetProperty("containedIn")),
                RecordJson.TenThousandths(e.GetProperty("contains")))
            {
                Declared = e.TryGetProperty("declared", out var declared) && declared.ValueKind == JsonValueKind.True,
                Agency = RecordJson.Text(e, "agency"),
                OtherAgency = RecordJson.Text(e, "otherAgency"),
                Passages = ReadPassages(e),
            };
        }

        var id = RecordJson.Text(json, "id") ?? "";
        return new()
        {
            Id = id,
            CanonicalId = RecordJson.Text(json, "canonicalId") ?? id,
            Kind = Enum.Parse<CopyKind>(RecordJson.Text(json, "kind") ?? "unique", ignoreCase: true),
            Similarity = RecordJson.TenThousandths(json.GetProperty("similarity")),
            RewriteOf = RecordJson.Text(json, "rewriteOf"),
            PreviousVersionId = RecordJson.Text(json, "previousVersionId"),
            IsLatestVersion = json.GetProperty("isLatestVersion").GetBoolean(),
            StoryId = RecordJson.Text(json, "storyId") ?? id,
            Evidence = evidence,
        };
    }

    private static SharedPassages ReadPassages(JsonElement evidence) => !evidence.TryGetProperty("passages", out var passages)
        ? SharedPassages.None
        : [.. passages.EnumerateArray().Select(p => new SharedPassage(
            p.GetProperty("start").GetInt32(),
            p.GetProperty("length").GetInt32(),
            p.GetProperty("otherStart").GetInt32(),
            p.GetProperty("otherLength").GetInt32()))];
}
