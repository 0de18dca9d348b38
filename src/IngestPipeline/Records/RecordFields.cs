using System.Text.Json;

namespace IngestPipeline.Records;

/// <summary>Reads a record's JSON field by field; what is missing or of another type is null, so that records of every version can be shown.</summary>
internal readonly struct RecordFields(JsonElement json)
{
    public JsonElement Json { get; } = json;

    public string Id => Text("id") ?? "";

    public DateTimeOffset? FirstSeen => Time("firstSeen");

    public RecordFields? this[string name] => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? new(value) : null;

    /// <exception cref="Storage.StorageException">It is not the JSON that was written.</exception>
    public static RecordFields Parse(ReadOnlyMemory<byte> line) => new(StoreDamage.Read("a record of this store", line.Span, json => json));

    public string? Text(string name) => RecordJson.Text(Json, name);

    public int Number(string name) =>
        Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var n) ? n : 0;

    public double Share(string name) => Json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : 0;

    public DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(
            Text(name), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    /// <summary>The value of a sourced field as text; lists are joined.</summary>
    public string? Value(string name)
    {
        if (this[name] is not { } field || !field.Json.TryGetProperty("value", out var value))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString())),
            _ => null,
        };
    }

    /// <summary>Where a sourced field was found.</summary>
    public string? Source(string name) => this[name]?.Text("source");

    /// <summary>The objects of a list.</summary>
    public IEnumerable<RecordFields> List(string name) =>
        Json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object).Select(i => new RecordFields(i))
            : [];

    /// <summary>The texts of a list.</summary>
    public IEnumerable<string> Texts(string name) =>
        Json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!)
            : [];
}
