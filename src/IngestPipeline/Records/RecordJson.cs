using System.Collections.Frozen;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using IngestPipeline.Extraction;

namespace IngestPipeline.Records;

/// <summary>How articles, decisions and records are written: one way only, so that equal facts are equal bytes.</summary>
internal static class RecordJson
{
    // The readers are programs and people, not HTML pages: letters of every script stay as they are.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const int Piece = 2048;

    public static byte[] Object(Action<Utf8JsonWriter> fields)
    {
        using var buffer = new RentedWriter();
        Write(buffer, fields);
        return buffer.Written.ToArray();
    }

    /// <summary>The same in room that is used again.</summary>
    public static ReadOnlyMemory<byte> Object(Action<Utf8JsonWriter> fields, RecordRoom room)
    {
        using var buffer = new RentedWriter();
        Write(buffer, fields);
        return room.Keep(buffer.Written);
    }

    private static void Write(RentedWriter buffer, Action<Utf8JsonWriter> fields)
    {
        using var json = new Utf8JsonWriter(buffer, Options);
        json.WriteStartObject();
        fields(json);
        json.WriteEndObject();
    }

    /// <summary>
    /// Writes <c>"name": "text"</c>. Given a long text as one, the writer takes room for six times as many letters at once, which is a large object each
    /// time; pieces give the same bytes.
    /// </summary>
    public static void Text(Utf8JsonWriter json, string name, string text)
    {
        if (text.Length <= Piece)
        {
            json.WriteString(name, text);
            return;
        }

        json.WritePropertyName(name);
        for (var at = 0; at < text.Length; at += Piece)
            json.WriteStringValueSegment(text.AsSpan(at, Math.Min(Piece, text.Length - at)), isFinalSegment: text.Length - at <= Piece);
    }

    /// <summary>Writes a list of texts.</summary>
    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WritePropertyName(name);
        json.Texts(texts);
    }

    /// <summary>Writes a list of texts as a value.</summary>
    public static void Texts(this Utf8JsonWriter json, IEnumerable<string> texts)
    {
        json.WriteStartArray();
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    public static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString(
            time.Value.UtcTicks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    public static DateTimeOffset? Time(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    public static string Name<T>(T value)
        where T : struct, Enum => Names<T>.All.TryGetValue(value, out var name) ? name : Made(value);

    /// <summary>The value that <see cref="Name"/> writes so.</summary>
    /// <exception cref="ArgumentException">It names none.</exception>
    public static T Value<T>(string? name)
        where T : struct, Enum => Enum.Parse<T>((name ?? "").Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    /// <summary>Writes <c>"name": {"value": …, "source": …}</c>, or null.</summary>
    public static void Sourced<T>(Utf8JsonWriter json, string name, Sourced<T>? found, Action<Utf8JsonWriter, T> value)
    {
        if (found is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WritePropertyName("value");
        value(json, found.Value);
        json.WriteString("source", found.Source);
        json.WriteEndObject();
    }

    public static void Sourced(Utf8JsonWriter json, string name, Sourced<string>? found) => Sourced(json, name, found, static (j, v) => j.WriteStringValue(v));

    /// <summary>A score in 1/10,000 as the decimal that people read; exact, because the integer is.</summary>
    public static decimal Share(int tenThousandths) => tenThousandths / 10_000m;

    public static int TenThousandths(JsonElement value) => (int)decimal.Round(value.GetDecimal() * 10_000m);

    public static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <exception cref="FormatException">There is none.</exception>
    public static string NeededText(JsonElement json, string name) => Text(json, name) ?? throw new FormatException($"\"{name}\" is missing");

    private static string Made<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    // Asked for each block of each article.
    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> All = Enum.GetValues<T>().Distinct().ToFrozenDictionary(value => value, Made);
    }
}
