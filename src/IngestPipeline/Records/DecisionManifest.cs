using System.Text.Json;

namespace IngestPipeline.Records;

/// <summary>Names the decision segments in order and how far the view (records, changes, roll-ups) has followed them.</summary>
/// <param name="Segments">The segments, in the order of the publications that they hold.</param>
/// <param name="Viewed">The last publication that the view shows.</param>
/// <param name="Retired">
/// Segments whose content a larger one took over. They are deleted when segments are next joined, so that a reader who holds an older
/// manifest has time to read them.
/// </param>
/// <param name="BehindDays">Days whose roll-up does not show every record yet.</param>
internal sealed record DecisionManifest(
    IReadOnlyList<DecisionSegment> Segments,
    int Viewed,
    IReadOnlyList<string> Retired,
    IReadOnlyList<string> BehindDays)
{
    // Before version 2 each publication was a segment of its own and the sequence was the place in the list.
    private const string Schema = "decision-manifest/2";

    public static DecisionManifest Empty { get; } = new([], 0, [], []);

    /// <summary>The copy index after the last publication; null when that did not write it.</summary>
    public IndexManifest? Index { get; init; }

    /// <summary>Names of records that a writer who had been overtaken may have put older ones in place of: they are written again.</summary>
    public IReadOnlyList<string> BehindRecords { get; init; } = [];

    /// <summary>The blobs that are named, those that are retired apart.</summary>
    public IEnumerable<string> Names => Segments.SelectMany(s => new[] { s.Name, s.Places }).OfType<string>().Concat(Index?.Names ?? []);

    /// <summary>The number of the last publication; 0 for none.</summary>
    public int Published => Segments.Count == 0 ? 0 : Segments[^1].Last;

    /// <summary>The manifest without the copy index: its blobs are retired, and the next run makes it anew.</summary>
    public DecisionManifest WithoutIndex() => this with { Index = null, Retired = [.. Retired.Union(Index?.Names ?? [], StringComparer.Ordinal)] };

    public byte[] ToJson() => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteNumber("viewed", Viewed);
        json.WriteStartArray("segments");
        foreach (var segment in Segments)
        {
            json.WriteStartObject();
            json.WriteString("name", segment.Name);
            json.WriteString("sha256", segment.Sha256);
            json.WriteNumber("decisions", segment.Decisions);
            json.WriteNumber("first", segment.First);
            json.WriteNumber("last", segment.Last);
            if (segment.Places is not null)
                json.WriteString("places", segment.Places);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Texts("retired", Retired);
        json.Texts("behindDays", BehindDays);
        if (BehindRecords.Count > 0)
            json.Texts("behindRecords", BehindRecords);
        Index?.Write(json);
    });

    /// <exception cref="Storage.StorageException">It is damaged.</exception>
    public static DecisionManifest Read(ReadOnlySpan<byte> bytes) => StoreDamage.Read(StoreNames.DecisionManifest, bytes, Read);

    private static DecisionManifest Read(JsonElement json)
    {
        var segments = json.GetProperty("segments").EnumerateArray().Select((s, i) => new DecisionSegment(
            RecordJson.Text(s, "name") ?? "",
            RecordJson.Text(s, "sha256") ?? "",
            s.GetProperty("decisions").GetInt32(),
            s.TryGetProperty("first", out var first) ? first.GetInt32() : i + 1,
            s.TryGetProperty("last", out var last) ? last.GetInt32() : i + 1,
            RecordJson.Text(s, "places")));
        return new([.. segments], json.GetProperty("viewed").GetInt32(), ReadNames(json, "retired"), ReadNames(json, "behindDays"))
        {
            Index = IndexManifest.Read(json), BehindRecords = ReadNames(json, "behindRecords")
        };
    }

    /// <summary>With a part of the view left to be written again.</summary>
    public DecisionManifest Behind(IEnumerable<string> records, IEnumerable<string> days) => this with
    {
        BehindRecords = [.. BehindRecords.Union(records, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        BehindDays = [.. BehindDays.Union(days, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
    };

    private static IReadOnlyList<string> ReadNames(JsonElement json, string property) =>
        json.TryGetProperty(property, out var names) ? [.. names.EnumerateArray().Select(n => n.GetString() ?? "")] : [];
}
