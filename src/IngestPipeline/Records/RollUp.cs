namespace IngestPipeline.Records;

/// <summary>A day's roll-up in the manifest.</summary>
/// <param name="Day">The day, or <c>undated</c>.</param>
/// <param name="Records">How many records it has, in the order of their ids.</param>
/// <param name="Bytes">Its length uncompressed.</param>
/// <param name="Sha256">SHA-256 (hexadecimal) of its uncompressed content.</param>
internal sealed record RollUp(string Day, int Records, long Bytes, string Sha256)
{
    private const string Schema = "rollup-manifest/1";

    public static byte[] Manifest(IEnumerable<RollUp> known, IEnumerable<RollUp> made)
    {
        var days = new SortedDictionary<string, RollUp>(StringComparer.Ordinal);
        foreach (var day in known.Concat(made))
            days[day.Day] = day;
        return RecordJson.Object(json =>
        {
            json.WriteString("schema", Schema);
            json.WriteStartArray("days");
            foreach (var day in days.Values.Where(d => d.Records > 0))
            {
                json.WriteStartObject();
                json.WriteString("day", day.Day);
                json.WriteString("name", StoreNames.RollUp(day.Day));
                json.WriteNumber("records", day.Records);
                json.WriteNumber("bytes", day.Bytes);
                json.WriteString("sha256", day.Sha256);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    /// <exception cref="Storage.StorageException">It is damaged.</exception>
    public static IReadOnlyList<RollUp> Read(ReadOnlySpan<byte> bytes) =>
        StoreDamage.Read(StoreNames.RollUpManifest, bytes, json => json.GetProperty("days").EnumerateArray().Select(d =>
        new RollUp(
            RecordJson.Text(d, "day") ?? "", d.GetProperty("records").GetInt32(), d.GetProperty("bytes").GetInt64(),
            RecordJson.Text(d, "sha256") ?? "")).ToList());
}
