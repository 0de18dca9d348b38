using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace IngestPipeline.Scoreboard;

/// <summary>Files of one JSON object a line, also gzipped.</summary>
internal static class JsonLines
{
    public static IEnumerable<JsonObject> Read(string path)
    {
        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(plain);
        while (reader.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
                yield return Parse(line);
        }
    }

    public static void Write(string path, IEnumerable<JsonObject> lines) => File.WriteAllLines(path, lines.Select(l => l.ToJsonString()));

    public static string Text(this JsonObject line, string name) => line[name]?.GetValue<string>() ?? "";

    public static IEnumerable<string> Texts(this JsonObject line, string name) => (line[name] as JsonArray ?? []).Select(n => n!.GetValue<string>());

    /// <summary>Every number of a scorer's answer, by its path: <c>text.f1</c>.</summary>
    public static IEnumerable<KeyValuePair<string, double>> Numbers(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Number)
            return [new(path, Math.Round(element.GetDouble(), 6))];
        return element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().SelectMany(p => Numbers(p.Value, $"{path}.{p.Name}"))
            : [];
    }

    // Python writes a missing number as NaN, which is not JSON.
    private static JsonObject Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line)!.AsObject();
        }
        catch (JsonException)
        {
            return JsonNode.Parse(line.Replace(": NaN", ": null", StringComparison.Ordinal))!.AsObject();
        }
    }
}
