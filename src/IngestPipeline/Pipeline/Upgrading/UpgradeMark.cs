using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Upgrading;

/// <summary>How far an upgrade has come; it stands in the new run until that is current.</summary>
/// <param name="From">The version that is upgraded.</param>
/// <param name="Source">SHA-256 (hexadecimal) of the old run's manifest: another one means that the old run was written to meanwhile.</param>
/// <param name="Day">The last day whose articles are all there; null = none.</param>
internal sealed record UpgradeMark(string From, string Source, string? Day)
{
    public const string Name = "upgrade.json";
    private const string Schema = "upgrade/1";

    public byte[] ToJson() => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteString("from", From);
        json.WriteString("source", Source);
        json.WriteString("day", Day);
    });

    /// <summary>From JSON; null when it is none.</summary>
    public static UpgradeMark? Read(ReadOnlySpan<byte> bytes) =>
        StoreDamage.TryRead<UpgradeMark>(
            bytes,
            Schema,
            json => RecordJson.Text(json, "from") is { } from && RecordJson.Text(json, "source") is { } source
                ? new(from, source, RecordJson.Text(json, "day"))
                : null);
}
