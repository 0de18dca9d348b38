using System.Text.Json;

namespace IngestPipeline.Records;

/// <summary>Names the decision segments in order and how far the view (records, changes, roll-ups) has followed them.</summary>
/// <param name="Segments">The segments, the sequence from 1.</param>
/// <param name="Viewed">How many of them the view shows.</param>
internal sealed record DecisionManifest(IReadOnlyList<DecisionSegment> Segments, int Viewed)
{
    private const string Schema = "decision-manifest/1";

    public static DecisionManifest Empty { get; } = new([], 0);

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
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static DecisionManifest Read(ReadOnlySpan<byte> bytes)
    {
        var json = JsonElement.Parse(bytes);
        var segments = json.GetProperty("segments").EnumerateArray()
            .Select(s => new DecisionSegment(RecordJson.Text(s, "name") ?? "", RecordJson.Text(s, "sha256") ?? "", s.GetProperty("decisions").GetInt32()));
        return new([.. segments], json.GetProperty("viewed").GetInt32());
    }
}
