using System.Text.Json;
using IngestPipeline.Hosting;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>A live pipeline's figures as JSON.</summary>
internal static class LiveFiguresJson
{
    public static byte[] Write(LiveFigures figures) => RecordJson.Object(json =>
    {
        json.WriteString("schema", "status/1");
        json.WriteString("at", RecordJson.Time(figures.At));
        json.WriteBoolean("healthy", figures.IsHealthy);
        json.WriteString("store", figures.Store);
        json.WriteString("pipelineVersion", figures.PipelineVersion);
        Numbers(json, "feeds", figures.Feeds.Select(f => (f.Key, (long)f.Value)));
        json.WriteStartArray("troubled");
        foreach (var (url, health, problem) in figures.Troubled)
        {
            json.WriteStartObject();
            json.WriteString("feed", url);
            json.WriteString("health", health);
            json.WriteString("problem", problem);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("sources");
        foreach (var flag in figures.Sources)
            (flag with { Site = SafeText.Of(flag.Site) }).Write(json);
        json.WriteEndArray();
        Numbers(json, "queues", figures.Queues.Select(q => (q.Key, (long)q.Value)));
        json.WriteNumber("pending", figures.Pending);
        json.WriteNumber("rechecks", figures.Rechecks);
        json.WriteNumber("inbox", figures.Inbox);
        json.WriteNumber("quarantined", figures.Quarantined);
        Numbers(json, "articles", figures.Total.Select(t => (RecordJson.Name(t.Key), t.Value)));
        json.WriteStartObject("days");
        foreach (var (day, counts) in figures.Days)
            Numbers(json, day, counts.OrderBy(c => c.Key).Select(c => (RecordJson.Name(c.Key), c.Value)));
        json.WriteEndObject();
    });

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<(string Name, long Value)> values)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in values)
            json.WriteNumber(key, value);
        json.WriteEndObject();
    }
}
