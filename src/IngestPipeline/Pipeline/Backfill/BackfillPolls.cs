using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Backfill;

/// <summary>What the feeds of an archive named, cut into parts.</summary>
/// <param name="Days">The days on which something was polled, in order, with how many parts each has: none where nothing was new.</param>
/// <param name="ArticlesIn">Articles that were asked for.</param>
/// <param name="Faults">Places of the archive that could not be read.</param>
internal sealed record BackfillPolls(IReadOnlyList<(string Day, int Parts)> Days, int ArticlesIn, int Faults)
{
    /// <summary>How many parts there are.</summary>
    public int Parts { get; } = Days.Sum(d => d.Parts);

    public byte[] ToJson() => RecordJson.Object(json =>
    {
        json.WriteNumber("articlesIn", ArticlesIn);
        json.WriteNumber("faults", Faults);
        json.WriteStartArray("days");
        foreach (var (day, parts) in Days)
        {
            json.WriteStartObject();
            json.WriteString("day", day);
            json.WriteNumber("parts", parts);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <exception cref="Storage.StorageException">The blob of this name is damaged.</exception>
    public static BackfillPolls Read(string name, ReadOnlySpan<byte> bytes) => Staging.Read(name, bytes, json => new BackfillPolls(
        [.. json.GetProperty("days").EnumerateArray().Select(d => (RecordJson.NeededText(d, "day"), d.GetProperty("parts").GetInt32()))],
        json.GetProperty("articlesIn").GetInt32(),
        json.GetProperty("faults").GetInt32()));
}
