using IngestPipeline.Records;

namespace IngestPipeline.Reports;

/// <summary>What a report consists of: each file with its hash, so that the next one writes and deletes only what differs.</summary>
internal static class ReportManifest
{
    public const string Name = "report.json";
    private const string Schema = "report/1";

    public static byte[] Write(IReadOnlyDictionary<string, string> files) => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteStartObject("files");
        foreach (var (name, hash) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
            json.WriteString(name, hash);
        json.WriteEndObject();
    });

    /// <summary>The files of a report; null when the bytes are no report's manifest.</summary>
    public static Dictionary<string, string>? Read(ReadOnlySpan<byte> bytes) =>
        StoreDamage.TryRead(
            bytes,
            Schema,
            json => json.GetProperty("files").EnumerateObject().ToDictionary(f => f.Name, f => f.Value.GetString() ?? "", StringComparer.Ordinal));
}
