using System.Text.Json;
using IngestPipeline.Cli.Batch;
using IngestPipeline.Pipeline;
using IngestPipeline.Records;

namespace IngestPipeline.Cli.Commands;

/// <summary>A replay's summary as one JSON object.</summary>
internal static class ReplaySummaryJson
{
    public static void Write(TextWriter output, ReplaySummary summary) => output.WriteLine(JsonLine.Text(json =>
    {
        json.WriteString("store", summary.Store);
        json.WriteString("prefix", summary.Prefix);
        json.WriteString("pipelineVersion", summary.PipelineVersion);
        json.WriteString("articlesFrom", summary.Linked ? "linked" : "all");
        json.WriteNumber("captures", summary.Captures);
        json.WriteString("capturesFrom", summary.CapturesFrom);
        json.WriteNumber("feeds", summary.Feeds);
        json.WriteNumber("polls", summary.Polls);
        json.Texts("feedProblems", summary.FeedProblems);
        Counts(json, "entries", summary.Entries);
        json.WriteNumber("articlesIn", summary.ArticlesIn);
        Counts(json, "articles", summary.Articles);
        json.WriteBoolean("addsUp", summary.AddsUp);
        json.WriteStartArray("reasons");
        foreach (var reason in summary.Reasons)
        {
            json.WriteStartObject();
            json.WriteString("disposition", RecordJson.Name(reason.Disposition));
            json.WriteString("reason", reason.Reason);
            json.WriteNumber("count", reason.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("stripped");
        foreach (var rule in summary.Stripped)
        {
            json.WriteStartObject();
            json.WriteString("rule", rule.Rule);
            json.WriteString("reason", rule.Reason);
            json.WriteNumber("blocks", rule.Blocks);
            json.WriteNumber("articles", rule.Articles);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        Counts(json, "copies", summary.Kinds);
        json.WriteStartArray("faults");
        foreach (var fault in summary.Faults)
        {
            json.WriteStartObject();
            json.WriteString("file", fault.File);
            json.WriteNumber("offset", fault.Offset);
            json.WriteString("what", fault.What);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("changes", summary.Changes);
        json.WriteString("indexRebuilt", summary.IndexRebuilt);
    }));

    private static void Counts<T>(Utf8JsonWriter json, string name, IReadOnlyDictionary<T, int> counts)
        where T : struct, Enum
    {
        json.WriteStartObject(name);
        foreach (var (key, count) in counts)
            json.WriteNumber(RecordJson.Name(key), count);
        json.WriteEndObject();
    }
}
