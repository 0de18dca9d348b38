using System.Text.Json;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Backfill;

/// <summary>What came of one request, as a line that another worker reads.</summary>
internal static class StagedResult
{
    private static readonly ArticleRequest Asked = new(null, null, null);

    public static ReadOnlyMemory<byte> Line(IngestResult result, string version) => RecordJson.Object(json =>
    {
        json.WriteString("disposition", RecordJson.Name(result.Disposition));
        json.WriteString("reason", result.Reason);
        json.WritePropertyName("article");
        if (result.Article is { } article)
            json.WriteRawValue(ArticleJson.Write(article, version), skipInputValidation: true);
        else
            json.WriteNullValue();
    });

    /// <summary>The result, without its request: what is settled by it stands in the article.</summary>
    public static IngestResult Read(string line)
    {
        var json = JsonElement.Parse(line);
        var article = json.GetProperty("article");
        return new(
            Asked,
            RecordJson.Value<Disposition>(RecordJson.Text(json, "disposition")),
            RecordJson.Text(json, "reason"),
            article.ValueKind == JsonValueKind.Null ? null : ArticleReader.Read(article));
    }
}
