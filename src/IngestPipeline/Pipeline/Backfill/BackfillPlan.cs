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

    /// <exception cref="Storage.StorageException">The blob of this name is damaged.</exception>
    public static BackfillPlan Read(string name, ReadOnlySpan<byte> bytes) => Staging.Read(name, bytes, json => new BackfillPlan(
        RecordJson.NeededText(json, "archive"),
        RecordJson.NeededText(json, "run"),
        json.GetProperty("files").GetInt32(),
        json.GetProperty("bytes").GetInt64(),
        json.GetProperty("segments").GetInt32()));
}
