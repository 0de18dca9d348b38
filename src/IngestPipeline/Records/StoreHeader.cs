
namespace IngestPipeline.Records;

/// <summary>The head of a store (<c>store.json</c>): the run that readers use, and those before it.</summary>
/// <param name="PipelineVersion">The version that the current run was written with.</param>
/// <param name="Prefix">Where the current run stands: empty, or <c>runs/{version}/</c>.</param>
/// <param name="Earlier">Runs that were current before, oldest first.</param>
public sealed record StoreHeader(string PipelineVersion, string Prefix, IReadOnlyList<StoreRun> Earlier)
{
    private const string Schema = "store/1";

    /// <summary>As JSON.</summary>
    public byte[] ToJson() => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteString("pipelineVersion", PipelineVersion);
        json.WriteString("prefix", Prefix);
        json.WriteStartArray("earlier");
        foreach (var run in Earlier)
        {
            json.WriteStartObject();
            json.WriteString("pipelineVersion", run.PipelineVersion);
            json.WriteString("prefix", run.Prefix);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>From JSON; null when it is no store header.</summary>
    public static StoreHeader? Read(ReadOnlySpan<byte> bytes) =>
        StoreDamage.TryRead<StoreHeader>(bytes, Schema, json =>
        {
            if (RecordJson.Text(json, "pipelineVersion") is not { } version)
                return null;
            var earlier = json.GetProperty("earlier")
                .EnumerateArray()
                .Select(r => new StoreRun(RecordJson.Text(r, "pipelineVersion") ?? "", RecordJson.Text(r, "prefix") ?? ""));
            return new(version, RecordJson.Text(json, "prefix") ?? "", [.. earlier]);
        });
}
