using System.Text;
using System.Text.Json;
using IngestPipeline.Records;

namespace IngestPipeline.Cli.Batch;

/// <summary>Writes one JSON object as one line, without its end.</summary>
internal static class JsonLine
{
    public static byte[] Write(Action<Utf8JsonWriter> fields) => RecordJson.Object(fields);

    public static string Text(Action<Utf8JsonWriter> fields) => Encoding.UTF8.GetString(Write(fields));
}
