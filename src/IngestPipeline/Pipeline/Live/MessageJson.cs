using System.Text;
using System.Text.Json;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>Messages as JSON: pointers of a few hundred bytes. What cannot be read is refused with a reason and never thrown about.</summary>
public static class MessageJson
{
    /// <summary>The shape that is written and understood.</summary>
    public const int Version = 1;

    /// <summary>A feed's message.</summary>
    public static string Write(FeedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Write(message.Version, message.Trace, ("feed", message.Feed), ("marker", RecordJson.Time(message.Marker)));
    }

    /// <summary>An article's message.</summary>
    public static string Write(ArticleMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Write(message.Version, message.Trace, ("article", message.Article));
    }

    /// <summary>A replay's message.</summary>
    public static string Write(ReplayMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Write(message.Version, message.Trace, ("archive", message.Archive), ("run", message.Run), ("segment", message.Segment));
    }

    /// <summary>Reads a feed's message.</summary>
    /// <exception cref="FormatException">It is none; the message says why, in one line.</exception>
    public static FeedMessage Feed(string body)
    {
        var json = Read(body);
        return new(Version, Id(json, "feed"), RecordJson.Text(json, "trace")) { Marker = Time(RecordJson.Text(json, "marker")) };
    }

    /// <summary>Reads an article's message.</summary>
    /// <exception cref="FormatException">It is none; the message says why, in one line.</exception>
    public static ArticleMessage Article(string body)
    {
        var json = Read(body);
        return new(Version, Id(json, "article"), RecordJson.Text(json, "trace"));
    }

    /// <summary>Reads a replay's message.</summary>
    /// <exception cref="FormatException">It is none; the message says why, in one line.</exception>
    public static ReplayMessage Replay(string body)
    {
        var json = Read(body);
        return new(
            Version,
            RecordJson.Text(json, "archive") ?? throw new FormatException("the message has no \"archive\""),
            RecordJson.Text(json, "run") ?? throw new FormatException("the message has no \"run\""),
            RecordJson.Text(json, "segment"),
            RecordJson.Text(json, "trace"));
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    private static string Write(int version, string? trace, params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var values = fields.ToArray();
        return Encoding.UTF8.GetString(RecordJson.Object(json =>
        {
            json.WriteNumber("version", version);
            foreach (var (name, value) in values)
            {
                if (value is not null)
                    json.WriteString(name, value);
            }

            if (trace is not null)
                json.WriteString("trace", trace);
        }));
    }

    private static JsonElement Read(string body)
    {
        JsonElement json;
        try
        {
            json = JsonElement.Parse(body);
        }
        catch (JsonException e)
        {
            throw new FormatException("the message is no JSON", e);
        }

        if (json.ValueKind != JsonValueKind.Object)
            throw new FormatException("the message is no JSON object");
        if (!json.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number))
            throw new FormatException("the message has no version");
        return number == Version
            ? json
            : throw new FormatException($"the message has version {number}, and this program knows {Version}: it was sent by another release");
    }

    // Ids become names in the store: nothing else than a hash may pass.
    private static string Id(JsonElement json, string name) =>
        RecordJson.Text(json, name) is { Length: 32 } id && id.All(char.IsAsciiHexDigitLower)
            ? id
            : throw new FormatException($"the message's \"{name}\" is no id");
}
