using System.Text.Json;
using IngestPipeline.Deduplication;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>What the decider sees of an article; the same whether it comes from the pipeline or is read back from the store.</summary>
internal static class CopyDocuments
{
    public static CopyDocument Of(Article article) => Make(
        article.Id,
        article.Metadata.Title?.Value,
        article.Text,
        article.Url,
        article.FirstSeen,
        article.Metadata.Language?.Value,
        article.Metadata.Agency?.Value,
        article.Metadata.CanonicalUrl?.Value,
        article.TextFrom == TextSource.Headline);

    public static CopyDocument Read(ReadOnlySpan<byte> bytes)
    {
        var json = JsonElement.Parse(bytes);
        return Make(
            RecordJson.Text(json, "id") ?? "",
            Value(json, "title"),
            RecordJson.Text(json, "text") ?? "",
            RecordJson.Text(json, "url"),
            RecordJson.Time(RecordJson.Text(json, "firstSeen")),
            Value(json, "language"),
            Value(json, "agency"),
            Value(json, "canonicalUrl"),
            RecordJson.Text(json, "textFrom") == "headline");
    }

    private static CopyDocument Make(
        string id, string? title, string text, string? url, DateTimeOffset? firstSeen, string? language, string? agency, string? canonical, bool headline) =>
        new()
    {
        Id = id,
        Title = title ?? "",
        Text = text,
        Source = url is null ? null : ArticleBuilder.SiteOf(new Uri(url)),
        FirstSeen = firstSeen,
        Url = url,
        Language = language,
        Agency = agency,
        Declares = ArticleUrl.TryCreate(canonical)?.Id is { } named && named != id ? named : null,
        HeadlineOnly = headline,
    };

    private static string? Value(JsonElement json, string name) =>
        json.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Object ? RecordJson.Text(found, "value") : null;
}
