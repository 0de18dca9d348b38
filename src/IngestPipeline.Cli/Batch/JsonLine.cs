using System.Text.Json;
using IngestPipeline.Records;

namespace IngestPipeline.Cli.Batch;

/// <summary>Writes one JSON object as one line of UTF-8.</summary>
internal static class JsonLine
{
    public static byte[] Write(Action<Utf8JsonWriter> fields) => RecordJson.Object(fields);

    public static void Names(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
