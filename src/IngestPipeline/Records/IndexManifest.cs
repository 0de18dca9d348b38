using System.Text.Json;

namespace IngestPipeline.Records;

/// <summary>
/// The part of the manifest that names the copy index. It speaks of the window after the manifest's last publication; a publication that does not write it
/// leaves it out, and it is made anew by the next that does.
/// </summary>
/// <param name="Format">What its segments mean, see <see cref="Deduplication.IndexFormat.Version"/>.</param>
/// <param name="From">The start of the window in UTC ticks; the greatest value when it holds no dated article.</param>
/// <param name="Segments">The segments, the earliest first.</param>
internal sealed record IndexManifest(string Format, long From, IReadOnlyList<IndexSegment> Segments)
{
    public IEnumerable<string> Names => Segments.SelectMany(s => s.Names);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("index");
        json.WriteString("format", Format);
        json.WriteNumber("from", From);
        json.WriteStartArray("segments");
        foreach (var segment in Segments)
        {
            json.WriteStartObject();
            json.WriteString("name", segment.Name);
            json.WriteString("sha256", segment.Sha256);
            json.WriteNumber("articles", segment.Articles);
            json.WriteNumber("first", segment.First);
            json.WriteNumber("last", segment.Last);
            json.WriteNumber("newest", segment.Newest);
            json.WriteStartArray("cards");
            foreach (var card in segment.Cards)
            {
                json.WriteStartObject();
                json.WriteString("name", card.Name);
                json.WriteNumber("length", card.Length);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static IndexManifest? Read(JsonElement manifest)
    {
        if (!manifest.TryGetProperty("index", out var json) || json.ValueKind != JsonValueKind.Object)
            return null;
        var segments = json.GetProperty("segments").EnumerateArray().Select(s => new IndexSegment(
            RecordJson.Text(s, "name") ?? "",
            RecordJson.Text(s, "sha256") ?? "",
            s.GetProperty("articles").GetInt32(),
            s.GetProperty("first").GetInt32(),
            s.GetProperty("last").GetInt32(),
            s.GetProperty("newest").GetInt64(),
            [.. s.GetProperty("cards").EnumerateArray().Select(c => new CardBlob(RecordJson.Text(c, "name") ?? "", c.GetProperty("length").GetInt64()))]));
        return new(RecordJson.Text(json, "format") ?? "", json.GetProperty("from").GetInt64(), [.. segments]);
    }
}
