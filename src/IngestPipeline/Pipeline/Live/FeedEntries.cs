using System.Text.Json;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>The entries of a feed that were met, and how many ended as what: the live side of a replay's book of entries. Immutable.</summary>
internal sealed record FeedEntries
{
    private const string Schema = "feed-entries/1";
    private const int MaxShown = 200;

    public static FeedEntries Empty { get; } = new();

    /// <summary>Key → what it said, both hashed; the latest met last.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Known { get; init; } = [];

    /// <summary>The captures whose entries are counted, by date: the latest; an earlier one is counted already.</summary>
    public DateTimeOffset? Counted { get; init; }

    /// <summary>How entries ended, since the first poll.</summary>
    public IReadOnlyDictionary<EntryDisposition, long> Counts { get; init; } = new Dictionary<EntryDisposition, long>();

    /// <summary>The keys of the entries that the latest document showed, wanted or not; at most 200.</summary>
    public IReadOnlyList<string> Shown { get; init; } = [];

    /// <summary>
    /// The latest capture that showed none of the entries of the document before, those kept on top apart: some may have come and gone in between. Null =
    /// none; a document of one entry always looks like that and does not count.
    /// </summary>
    public DateTimeOffset? LastGap { get; init; }

    /// <summary>What <see cref="Shown"/> was before that gap: an earlier document that shows one of these closes it.</summary>
    public IReadOnlyList<string> BeforeGap { get; init; } = [];

    /// <summary>With a poll's entries met and counted. Of entries that no document shows any more the latest are kept.</summary>
    public FeedEntries After(
        DateTimeOffset polled, IReadOnlyList<KeyValuePair<string, string>> met, IReadOnlyDictionary<EntryDisposition, int> counts, int most)
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

    /// <summary>With the entries that a document shows, and with a gap where they do not touch those of the document before.</summary>
    /// <param name="polled">The date of its capture.</param>
    /// <param name="entries">All its entries, in its order.</param>
    /// <param name="isOpen">An earlier gap is not closed yet: a further one makes it longer, and what was shown before the first stays the mark.</param>
    public FeedEntries Showing(DateTimeOffset polled, IReadOnlyList<ShownEntry> entries, bool isOpen)
    {
        var before = Shown.ToHashSet(StringComparer.Ordinal);
        var shown = this with { Shown = [.. entries.Take(MaxShown).Select(e => e.Key)] };
        if (Counted is null || !IsApart(entries, before))
            return shown;
        // What stands on top of every document is no mark of where the reading arrives.
        before.ExceptWith(entries.Select(e => e.Key));
        return shown with { LastGap = polled, BeforeGap = isOpen ? BeforeGap : [.. Shown.Where(before.Contains)] };
    }

    // No entry is known, or those alone that are kept on top of a feed that goes from new to old: its end, where the document before should begin, is new.
    private static bool IsApart(IReadOnlyList<ShownEntry> entries, HashSet<string> before)
    {
        var pinned = entries.TakeWhile(e => before.Contains(e.Key)).Count();
        if (entries.Count - pinned < 2 || entries.Skip(pinned).Any(e => before.Contains(e.Key)))
            return false;
        return pinned == 0 || entries.Skip(pinned).Zip(entries.Skip(pinned + 1)).All(pair => pair.First.Published >= pair.Second.Published);
    }

    public byte[] ToJson() => RecordJson.Object(json =>
    {
        json.WriteString("schema", Schema);
        json.WriteString("counted", RecordJson.Time(Counted));
        json.WriteString("lastGap", RecordJson.Time(LastGap));
        json.Texts("shown", Shown);
        json.Texts("beforeGap", BeforeGap);
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
    public static FeedEntries Read(ReadOnlySpan<byte> bytes) => TryRead(bytes) ?? Empty;

    /// <summary>True when it can be read.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> bytes) => TryRead(bytes) is not null;

    private static FeedEntries? TryRead(ReadOnlySpan<byte> bytes) =>
        StoreDamage.TryRead(bytes, Schema, json => new FeedEntries
    {
        Counted = RecordJson.Time(RecordJson.Text(json, "counted")),
        LastGap = RecordJson.Time(RecordJson.Text(json, "lastGap")),
        Shown = Texts(json, "shown"),
        BeforeGap = Texts(json, "beforeGap"),
        Counts = json.GetProperty("counts").EnumerateObject().ToDictionary(c => RecordJson.Value<EntryDisposition>(c.Name), c => c.Value.GetInt64()),
        Known = [.. json.GetProperty("known").EnumerateObject().Select(k => KeyValuePair.Create(k.Name, k.Value.GetString() ?? ""))],
    });

    private static string[] Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var texts) ? [.. texts.EnumerateArray().Select(t => t.GetString() ?? "")] : [];
}
