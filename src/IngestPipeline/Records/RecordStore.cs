using System.IO.Compression;
using System.Runtime.CompilerServices;
using IngestPipeline.Storage;

namespace IngestPipeline.Records;

/// <summary>A store's records as they stand, read through its daily roll-ups: one blob a day in place of one a record.</summary>
public sealed class RecordStore
{
    private readonly IBlobStore _store;
    private readonly string _prefix;

    // Days whose roll-up does not show every record yet: a live run writes roll-ups less often than records.
    private readonly HashSet<string> _behind;

    private RecordStore(IBlobStore store, StoreHeader header, IReadOnlyList<RecordDay> days, DecisionManifest manifest)
    {
        _behind = [.. manifest.BehindDays];
        Cursor = manifest.Viewed;
        _store = store;
        _prefix = header.Prefix;
        Header = header;
        Days = days;
    }

    /// <summary>Which run is read.</summary>
    public StoreHeader Header { get; }

    /// <summary>The days that hold records, oldest first; undated input last.</summary>
    public IReadOnlyList<RecordDay> Days { get; }

    /// <summary>The last segment of the changes log when the store was opened; 0 for none. What is read afterwards is at least as new.</summary>
    public int Cursor { get; }

    /// <summary>How many records the roll-ups hold.</summary>
    public long Count => Days.Sum(d => (long)d.Records);

    /// <summary>Opens the current run of a store.</summary>
    /// <exception cref="StorageException">The store cannot be reached, or holds no records' header.</exception>
    public static Task<RecordStore> OpenAsync(IBlobStore store, CancellationToken cancellation = default) => OpenAsync(store, null, cancellation);

    /// <summary>Opens a run of a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="version">The pipeline version that the run was written with; null = the current run.</param>
    /// <param name="cancellation">Stops the opening.</param>
    /// <exception cref="StorageException">The store cannot be reached, holds no records' header, or has no such run.</exception>
    public static async Task<RecordStore> OpenAsync(IBlobStore store, string? version, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var stored = await store.ReadAsync(StoreNames.Header, cancellation).ConfigureAwait(false)
            ?? throw StoreSchema.NotAStore(store.Location);
        var header = StoreHeader.Read(stored.Content.Span)
            ?? throw new StorageException(
                $"{store.Location}: {StoreNames.Header} is not a store's header; name one that 'ingest replay' or 'ingest run' wrote.");
        StoreSchema.Readable(store.Location, header);
        if (version is not null && version != header.PipelineVersion)
        {
            var run = header.Earlier.FirstOrDefault(r => r.PipelineVersion == version)
                ?? throw new StorageException(
                    $"{store.Location}: has no run of version {version}; it has {string.Join(", ", header.Earlier.Select(r => r.PipelineVersion).Append(header.PipelineVersion))}.");
            header = header with { PipelineVersion = run.PipelineVersion, Prefix = run.Prefix };
        }

        var decided = await store.ReadAsync(header.Prefix + StoreNames.DecisionManifest, cancellation).ConfigureAwait(false);
        var decisions = decided is null ? DecisionManifest.Empty : DecisionManifest.Read(decided.Content.Span);
        var days = (await RollUpsAsync(store, header.Prefix, cancellation).ConfigureAwait(false))
            .Select(r => new RecordDay(r.Day, r.Records, r.Bytes, r.Sha256))
            .ToList();
        days.AddRange(decisions.BehindDays.Where(b => !days.Exists(d => d.Name == b)).Select(b => new RecordDay(b, 0, 0, "")));
        return new(store, header, [.. days.OrderBy(d => d.Name, StringComparer.Ordinal)], decisions);
    }

    /// <summary>A day's records, one JSON object each, in the order of their ids.</summary>
    /// <exception cref="StorageException">The day's roll-up is damaged or lost.</exception>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadDayAsync(string day, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        if (_behind.Contains(day))
        {
            await foreach (var item in _store.ListAsync(_prefix + StoreNames.Records(day), cancellation).ConfigureAwait(false))
            {
                if (StoreNames.IsRecord(item.Name) && await _store.ReadAsync(item.Name, cancellation).ConfigureAwait(false) is { } record)
                    yield return record.Content;
            }

            yield break;
        }

        var found = 0;
        if (await _store.OpenReadAsync(_prefix + StoreNames.RollUp(day), 0, cancellation).ConfigureAwait(false) is { } compressed)
        {
            await using var closing = compressed.ConfigureAwait(false);
            var gzip = new GZipStream(compressed, CompressionMode.Decompress);
            await using var closingGzip = gzip.ConfigureAwait(false);
            var lines = JsonLines.ReadAsync(gzip, cancellation).GetAsyncEnumerator(cancellation);
            await using var closingLines = lines.ConfigureAwait(false);
            for (; await NextAsync(lines, StoreNames.RollUp(day)).ConfigureAwait(false); found++)
                yield return lines.Current;
        }

        // Fewer than the manifest says: articles were taken out since the store was opened, or the roll-up is lost or cut off.
        if (Days.FirstOrDefault(d => d.Name == day) is { } known && found < known.Records
            && (await RollUpsAsync(_store, _prefix, cancellation).ConfigureAwait(false)).Any(r => r.Day == day && r.Records > found))
            throw StoreDamage.Of(StoreNames.RollUp(day));
    }

    /// <summary>The records that changed after a cursor, as they are now, each once.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadChangedAsync(int cursor, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var change in ChangesAsync(cursor, cancellation).ConfigureAwait(false))
            names.Add(change.Record);
        foreach (var name in names)
        {
            if (await ReadAsync(name, cancellation).ConfigureAwait(false) is { } record)
                yield return record;
        }
    }

    /// <summary>The articles that were taken out after a cursor and are not there now.</summary>
    public async IAsyncEnumerable<string> ReadRemovedAsync(int cursor, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var change in ChangesAsync(cursor, cancellation).ConfigureAwait(false))
        {
            if (change.IsRemoval && await ReadAsync(change.Record, cancellation).ConfigureAwait(false) is null)
                yield return change.Id;
        }
    }

    /// <summary>The bytes of a segment of the changes log; null when there is none.</summary>
    internal async Task<ReadOnlyMemory<byte>?> ReadChangesAsync(int sequence, CancellationToken cancellation) =>
        (await _store.ReadAsync(_prefix + StoreNames.Changes(sequence), cancellation).ConfigureAwait(false))?.Content;

    /// <summary>One record's JSON; null when there is none.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string name, CancellationToken cancellation = default) =>
        (await _store.ReadAsync(_prefix + name, cancellation).ConfigureAwait(false))?.Content;

    /// <summary>The lines of the changes log after a cursor, oldest first: what is new, revised or regrouped.</summary>
    /// <param name="cursor">The number of the last segment that was read; 0 for the start.</param>
    /// <param name="cancellation">Stops between lines.</param>
    public async IAsyncEnumerable<RecordChange> ChangesAsync(int cursor, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var sequence = cursor + 1; ; sequence++)
        {
            if (await _store.ReadAsync(_prefix + StoreNames.Changes(sequence), cancellation).ConfigureAwait(false) is not { } segment)
                yield break;
            foreach (var line in JsonLines.Split(segment.Content))
            {
                if (RecordChange.Read(line.Span, sequence) is { } change)
                    yield return change;
            }
        }
    }

    private static async Task<IReadOnlyList<RollUp>> RollUpsAsync(IBlobStore store, string prefix, CancellationToken cancellation) =>
        await store.ReadAsync(prefix + StoreNames.RollUpManifest, cancellation).ConfigureAwait(false) is { } manifest ? RollUp.Read(manifest.Content.Span) : [];

    private static async Task<bool> NextAsync(IAsyncEnumerator<ReadOnlyMemory<byte>> lines, string name)
    {
        try
        {
            return await lines.MoveNextAsync().ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw StoreDamage.Of(name, e);
        }
    }
}
