using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>How requests ended, by the day of their capture; written by the deduplication alone. Immutable.</summary>
internal sealed record LiveLedger
{
    private const string Schema = "ledger/1";

    // A request whose worker died between its inbox item and its end is put in again within the time that a claim lasts.
    private const int Remembered = 5_000;

    public static LiveLedger Empty { get; } = new();

    /// <summary>Day → disposition → requests.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<Disposition, long>> Days { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<Disposition, long>>();

    /// <summary>The requests that were counted last, oldest first: one that comes again is not counted again.</summary>
    public IReadOnlyList<string> Counted { get; init; } = [];

    public long Total => Days.Values.Sum(d => d.Values.Sum());

    public LiveLedger Count(IReadOnlyList<InboxItem> items)
    {
        var known = new HashSet<string>(Counted, StringComparer.Ordinal);
        var fresh = items.Where(i => known.Add(i.Key)).ToList();
        var days = Days.ToDictionary(d => d.Key, d => d.Value.ToDictionary(c => c.Key, c => c.Value), StringComparer.Ordinal);
        foreach (var item in fresh)
        {
            var day = StoreNames.Day(item.At);
            if (!days.TryGetValue(day, out var counts))
                days[day] = counts = [];
            counts[item.Disposition] = counts.GetValueOrDefault(item.Disposition) + 1;
        }

        return new()
        {
            Days = days.ToDictionary(d => d.Key, d => (IReadOnlyDictionary<Disposition, long>)d.Value, StringComparer.Ordinal),
            Counted = [.. Counted.Concat(fresh.Select(f => f.Key)).TakeLast(Remembered)],
        };
    }

    public byte[] ToJson() => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteStartObject("days");
        foreach (var (day, counts) in Days.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(day);
            foreach (var (disposition, count) in counts.OrderBy(c => c.Key))
                json.WriteNumber(RecordJson.Name(disposition), count);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Texts("counted", Counted);
    });

    /// <exception cref="Storage.StorageException">It is damaged.</exception>
    public static LiveLedger Read(ReadOnlySpan<byte> bytes) => StoreDamage.Read(StoreNames.Ledger, bytes, json => new LiveLedger
    {
        Days = json.GetProperty("days").EnumerateObject().ToDictionary(
            d => d.Name,
            d => (IReadOnlyDictionary<Disposition, long>)d.Value.EnumerateObject().ToDictionary(
                c => RecordJson.Value<Disposition>(c.Name), c => c.Value.GetInt64()),
            StringComparer.Ordinal),
        Counted = [.. json.GetProperty("counted").EnumerateArray().Select(c => c.GetString() ?? "")],
    });
}
