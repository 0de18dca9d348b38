using System.Text.Json;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Deduplication;
using IngestPipeline.Records;

namespace IngestPipeline.Cli.Comparing;

/// <summary>A comparison as one JSON object: what was decided and the evidence, shared passages as places in both texts.</summary>
internal static class ComparisonJson
{
    public static byte[] Write(ArticleComparison c) => JsonLine.Write(json =>
    {
        Article(json, "a", c.A);
        Article(json, "b", c.B);
        Evidence(json, c);
        json.WriteString("original", c.OriginalId is null ? null : c.OriginalId == c.A.Id ? "a" : "b");
        json.WriteString("agencyA", c.AgencyA);
        json.WriteString("agencyB", c.AgencyB);
        json.WriteStartArray("passages");
        foreach (var passage in c.Passages)
        {
            json.WriteStartObject();
            json.WriteNumber("startA", passage.Start);
            json.WriteNumber("lengthA", passage.Length);
            json.WriteNumber("startB", passage.OtherStart);
            json.WriteNumber("lengthB", passage.OtherLength);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>What was decided, by which measure, and the facts that differ.</summary>
    public static void Evidence(Utf8JsonWriter json, ArticleComparison c)
    {
        json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(c.Kind.ToString()));
        json.WriteString("measure", c.Measure);
        json.WriteNumber("score", c.Score / 10_000m);
        json.WriteNumber("threshold", c.Threshold / 10_000m);
        json.WriteNumber("containedA", c.ContainedA / 10_000m);
        json.WriteNumber("containedB", c.ContainedB / 10_000m);
        json.WriteBoolean("vetoed", c.Vetoed);
        json.Texts("factsA", c.FactsA);
        json.Texts("factsB", c.FactsB);
    }

    private static void Article(Utf8JsonWriter json, string name, CopyDocument article)
    {
        json.WriteStartObject(name);
        json.WriteString("id", article.Id);
        json.WriteString("title", article.Title);
        json.WriteString("source", article.Source);
        json.WriteString("url", article.Url);
        json.WriteEndObject();
    }
}
