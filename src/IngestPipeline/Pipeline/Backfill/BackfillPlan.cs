using System.Text.Json;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Backfill;

/// <summary>What a back-fill replays, frozen at its start.</summary>
/// <param name="Archive">The prefix of the archive's files in the store.</param>
/// <param name="Run">The pipeline version that is written.</param>
/// <param name="Files">How many files there are.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Segments">Into how many segments they are cut.</param>
internal sealed record BackfillPlan(string Archive, string Run, int Files, long Bytes, int Segments)
{
    public byte[] ToJson() => RecordJson.Object(json =>
    {
        json.WriteString("archive", Archive);
        json.WriteString("run", Run);
        json.WriteNumber("files", Files);
        json.WriteNumber("bytes", Bytes);
        json.WriteNumber("segments", Segments);
    });

    public static BackfillPlan Read(ReadOnlySpan<byte> bytes)
    {
        var json = JsonElement.Parse(bytes);
        return new(
            RecordJson.Text(json, "archive")!,
            RecordJson.Text(json, "run")!,
            json.GetProperty("files").GetInt32(),
            json.GetProperty("bytes").GetInt64(),
            json.GetProperty("segments").GetInt32());
    }
}
