using System.Text.Json;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Upgrading;

/// <summary>
/// Brings an article into the current shape without reading its page again. What an older release did not look for is null, and a flag says that it was not
/// looked for.
/// </summary>
internal static class ArticleUpgrade
{
    private const string First = "article/1";

    /// <summary>The article in the current shape; the same bytes when it has that already.</summary>
    /// <exception cref="FormatException">It is no article of a shape that this release knows.</exception>
    public static ReadOnlyMemory<byte> ToCurrent(ReadOnlyMemory<byte> article)
    {
        try
        {
            var json = JsonElement.Parse(article.Span);
            return RecordJson.Text(json, "schema") switch
            {
                ArticleJson.Schema => article,
                First => FromFirst(json),
                var other => throw new FormatException($"its schema is {other ?? "not named"}"),
            };
        }
        catch (JsonException e)
        {
            throw new FormatException("it is no JSON", e);
        }
    }

    // article/2 has standfirst behind title and credit behind authors; late releases wrote them into article/1, too.
    private static byte[] FromFirst(JsonElement article) => RecordJson.Object(json =>
    {
        var isMissing = !article.TryGetProperty("standfirst", out _) || !article.TryGetProperty("credit", out _);
        foreach (var field in article.EnumerateObject())
        {
            switch (field.Name)
            {
                case "schema":
                    json.WriteString("schema", ArticleJson.Schema);
                    break;
                case "title" or "authors" when isMissing:
                    field.WriteTo(json);
                    var added = field.Name == "title" ? "standfirst" : "credit";
                    if (!article.TryGetProperty(added, out _))
                        json.WriteNull(added);
                    break;
                case "flags" when isMissing:
                    json.WriteStartArray("flags");
                    foreach (var flag in field.Value.EnumerateArray())
                        flag.WriteTo(json);
                    json.WriteStringValue(UpgradeResult.Flag);
                    json.WriteEndArray();
                    break;
                default:
                    field.WriteTo(json);
                    break;
            }
        }
    });
}
