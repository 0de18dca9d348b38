
namespace IngestPipeline.Records;

/// <summary>
/// The sources whose articles changed of late (<c>state/sources.json</c>). It is counted from the records of a store and never from the clock, so that
/// the same store gives the same; articles know nothing of it.
/// </summary>
/// <param name="Flags">What changed, newest day first.</param>
public sealed record SourceHealth(IReadOnlyList<SourceFlag> Flags)
{
    private const string Schema = "sources/1";

    /// <summary>Days of the store, the newest included, for which a change stays flagged.</summary>
    public const int Days = 3;

    /// <summary>No source is flagged.</summary>
    public static SourceHealth Empty { get; } = new([]);

    /// <summary>The flagged sources.</summary>
    public IEnumerable<string> Sites => Flags.Select(f => f.Site).Distinct(StringComparer.Ordinal);

    internal byte[] ToJson() => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteStartArray("flags");
        foreach (var flag in Flags)
            flag.Write(json);
        json.WriteEndArray();
    });

    /// <summary>From JSON; empty when it is none: it is counted anew within the hour.</summary>
    internal static SourceHealth Read(ReadOnlySpan<byte> bytes) =>
        StoreDamage.TryRead<SourceHealth>(bytes, Schema, json => new([.. json.GetProperty("flags").EnumerateArray().Select(f => new SourceFlag(
            RecordJson.Text(f, "site")!, RecordJson.Text(f, "day")!, RecordJson.Text(f, "what")!, RecordJson.Text(f, "before")!,
            RecordJson.Text(f, "after")!))])) ?? Empty;
}
