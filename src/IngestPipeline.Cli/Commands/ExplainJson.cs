using System.Text.Json;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Extraction;
using IngestPipeline.Extraction.Content;
using IngestPipeline.Records;

namespace IngestPipeline.Cli.Commands;

/// <summary>What became of a page's blocks, as one JSON object.</summary>
internal static class ExplainJson
{
    public static byte[] Write(ExtractedArticle article, IReadOnlyList<ExplainedBlock> blocks) => [.. JsonLine.Write(json =>
    {
        json.WriteString("outcome", JsonNamingPolicy.CamelCase.ConvertName(article.Outcome.ToString()));
        json.WriteString("title", article.Metadata.Title?.Value);
        json.WriteString("text", article.Text);
        json.WriteStartArray("blocks");
        foreach (var block in blocks)
        {
            json.WriteStartObject();
            json.WriteString("fate", RecordJson.Name(block.Fate));
            if (block.Kind is { } kind)
                json.WriteString("kind", RecordJson.Name(kind));
            if (block.Score is { } score)
                json.WriteNumber("score", score / (decimal)Forest.Unit);
            if (block.Rule is { } rule)
                json.WriteString("rule", rule);
            if (block.Reason is { } reason)
                json.WriteString("reason", reason);
            json.WriteString("text", block.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }), (byte)'\n'];
}
