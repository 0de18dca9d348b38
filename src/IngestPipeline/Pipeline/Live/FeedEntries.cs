using System.Text.Json;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>The entries of a feed that were met, and how many ended as what: the live side of a replay's book of entries. Immutable.</summary>
internal sealed record FeedEntries
{
    private const string Schema = "feed-entries/1";

    public static FeedEntries Empty { get; } = new();

    /// <summary>Key → what it said, both hashed; the latest met last.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Known { get; init; } = [];

    /// <summary>The captures whose entries are counted, by date: the latest; an earlier one is counted already.</summary>
    public DateTimeOffset? Counted { get; init; }

    /// <summary>How entries ended, since the first poll.</summary>
    public IReadOnlyDictionary<EntryDisposition, long> Counts { get; init; } = new Dictionary<EntryDisposition, long>();

    /// <summary>With a poll's entries met and counted. Of entries that no document shows any more the latest are kept.</summary>
    public FeedEntries After(DateTimeOffset polled, IReadOnlyList<KeyValuePair<string, string>> met, IReadOnlyDictionary<EntryDisposition, int> counts, int most)
    {
        var now = new HashSet<string>(met.Select(m => m.Key), StringComparer.Ordinal);
        var rest = Known.Where(k => !now.Contains(k.Key)).ToList();
        var keep = Math.Max(0, most - met.Count);
        return this with
        {
            Known = [.. rest.Skip(Math.Max(0, rest.Count - keep)), .. met],
            Counted = polled,
            Counts = Counts.Keys.Union(counts.Keys).ToDictionary(d => d, d => Counts.GetValueOrDefault(d) + counts.GetValueOrDefault(d)),
        };
    }

    public byte[] ToJson() => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteString("counted", RecordJson.Time(Counted));
        json.WriteStartObject("counts");
        foreach (var (disposition, count) in Counts.OrderBy(c => c.Key))
            json.WriteNumber(RecordJson.Name(disposition), count);
        json.WriteEndObject();
        json.WriteStartObject("known");
        foreach (var (key, hash) in Known)
            json.WriteString(key, hash);
        json.WriteEndObject();
    });

    /// <summary>From JSON; empty when it is none, which costs asking for entries again and loses none.</summary>
    public static FeedEntries Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var json = JsonElement.Parse(bytes);
            if (RecordJson.Text(json, "schema") != Schema)
                return Empty;
            return new()
            {
                Counted = RecordJson.Time(RecordJson.Text(json, "counted")),
                Counts = json.GetProperty("counts").EnumerateObject().ToDictionary(c => Enum.Parse<EntryDisposition>(c.Name.Replace("-", "", StringComparison.Ordinal), ignoreCase: true), c => c.Value.GetInt64()),
                Known = [.. json.GetProperty("known").EnumerateObject().Select(k => KeyValuePair.Create(k.Name, k.Value.GetString() ?? ""))],
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException)
        {
            return Empty;
        }
    }
}
