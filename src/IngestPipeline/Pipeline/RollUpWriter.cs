using System.Diagnostics.CodeAnalysis;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline;

/// <summary>Writes a day's records as one gzipped NDJSON file and keeps the manifest of all days.</summary>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A stream in memory holds nothing that must be given back.")]
internal sealed class RollUpWriter(IBlobStore store)
{
    private const int Tries = 5;

    // Of one day after the other.
    private readonly MemoryStream _compressed = new();
    private readonly MemoryStream _compressedAhead = new();
    private (List<string> Names, RollUp Day, ReadOnlyMemory<byte> Content)? _ahead;

    /// <summary>
    /// Makes the roll-up of the day that has most of the records that are being written, while the disk is waited for: the next <see cref="WriteAsync"/> takes
    /// it if they are all that the day has.
    /// </summary>
    /// <param name="held">All the records that are being written, by name.</param>
    public void MakeAhead(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> held)
    {
        if (held.Keys.GroupBy(StoreNames.RecordDay, StringComparer.Ordinal).MaxBy(d => d.Count()) is not { } day)
            return;
        var names = day.Order(StringComparer.Ordinal).ToList();
        using var builder = new RollUpBuilder(_compressedAhead);
        names.ForEach(name => builder.Add(held[name].Span));
        var (made, content) = builder.Finish(day.Key);
        _ahead = (names, made, content);
    }

    /// <summary>Writes the roll-ups of days, and the manifest.</summary>
    /// <param name="days">The days.</param>
    /// <param name="cancellation">Stops between records.</param>
    /// <param name="held">Records just written, by name, that need not be read back; null for none.</param>
    public async Task WriteAsync(
        IReadOnlyCollection<string> days, CancellationToken cancellation, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? held = null)
    {
        if (days.Count == 0)
            return;

        var made = new List<(RollUp Day, string? ETag)>(days.Count);
        foreach (var day in days)
            made.Add(await WriteDayAsync(day, held, cancellation).ConfigureAwait(false));

        for (var left = Tries; ; left--)
        {
            var stored = await store.ReadAsync(StoreNames.RollUpManifest, cancellation).ConfigureAwait(false);
            var standing = new List<RollUp>(made.Count);
            foreach (var (day, etag) in made)
            {
                // Another writer may have written the day since; its manifest names it then.
                if (etag is null || await store.ETagAsync(StoreNames.RollUp(day.Day), cancellation).ConfigureAwait(false) == etag)
                    standing.Add(day);
            }

            var json = RollUp.Manifest(stored is null ? [] : RollUp.Read(stored.Content.Span), standing);
            if ((await store.SwapAsync(StoreNames.RollUpManifest, json, stored?.ETag, cancellation).ConfigureAwait(false)).Written)
                break;
            if (left == 0)
                throw Crowded(StoreNames.RollUpManifest);
        }

        _ahead = null;
        // A day whose records were all taken out has no roll-up; the manifest let go of it first.
        foreach (var day in made.Where(m => m.Day.Records == 0))
            await store.DeleteAsync(StoreNames.RollUp(day.Day.Day), cancellation: cancellation).ConfigureAwait(false);
    }

    // A writer that stood still between its reading and its writing reads again: what it has read may be older than what stands there.
    private async Task<(RollUp Day, string? ETag)> WriteDayAsync(
        string day, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? held, CancellationToken cancellation)
    {
        var name = StoreNames.RollUp(day);
        for (var left = Tries; ; left--)
        {
            var before = await store.ETagAsync(name, cancellation).ConfigureAwait(false);
            var (made, content) = await MakeDayAsync(day, held, cancellation).ConfigureAwait(false);
            // Nor may what is held.
            held = null;
            if (made.Records == 0)
                return (made, null);
            if (await store.SwapAsync(name, content, before, cancellation).ConfigureAwait(false) is { Written: true } written)
                return (made, written.ETag);
            if (left == 0)
                throw Crowded(name);
        }
    }

    private StorageException Crowded(string name) => new($"{store.Location}: another run keeps changing {name}. Wait until it has ended, then run again.");

    // The content is good until the next day is made.
    private async Task<(RollUp Day, ReadOnlyMemory<byte> Content)> MakeDayAsync(
        string day, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? held, CancellationToken cancellation)
    {
        var names = new List<string>();
        await foreach (var item in store.ListAsync(StoreNames.Records(day), cancellation).ConfigureAwait(false))
        {
            if (StoreNames.IsRecord(item.Name))
                names.Add(item.Name);
        }

        if (held is not null && _ahead is { } ahead && ahead.Day.Day == day && ahead.Names.SequenceEqual(names, StringComparer.Ordinal)
            && names.TrueForAll(held.ContainsKey))
            return (ahead.Day, ahead.Content);
        using var builder = new RollUpBuilder(_compressed);
        foreach (var name in names)
        {
            if (held?.TryGetValue(name, out var record) != true)
            {
                if (await store.ReadAsync(name, cancellation).ConfigureAwait(false) is not { } stored)
                    continue;
                record = stored.Content;
            }

            builder.Add(record.Span);
        }

        return builder.Finish(day);
    }
}
