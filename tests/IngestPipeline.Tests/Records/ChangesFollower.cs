using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Tests.Records;

/// <summary>A consumer that keeps a run's records by following its changes log: it reads what the lines behind its cursor name, and nothing else.</summary>
internal sealed class ChangesFollower(IBlobStore run)
{
    private readonly SortedDictionary<string, string> _records = new(StringComparer.Ordinal);
    private int _cursor;

    /// <summary>Every line that was read, by its segment.</summary>
    public List<RecordChange> Lines { get; } = [];

    public async Task FollowAsync()
    {
        for (; await run.ReadAsync(StoreNames.Changes(_cursor + 1)) is { } segment; _cursor++)
        {
            foreach (var line in JsonLines.Split(segment.Content))
            {
                var change = RecordChange.Read(line.Span, _cursor + 1)!;
                Lines.Add(change);
                if (await run.ReadAsync(change.Record) is { } record)
                    _records[change.Record] = Text(record);
                else
                    _records.Remove(change.Record);
            }
        }
    }

    /// <summary>The names of records that are other ones than those that it keeps; empty = it has what a full read gives.</summary>
    public async Task<IReadOnlyList<string>> StaleAsync()
    {
        var stale = new List<string>();
        var there = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var item in run.ListAsync(StoreNames.AllRecords))
        {
            if (!StoreNames.IsRecord(item.Name) || await run.ReadAsync(item.Name) is not { } record)
                continue;
            there.Add(item.Name);
            if (_records.GetValueOrDefault(item.Name) != Text(record))
                stale.Add(item.Name);
        }

        return [.. stale, .. _records.Keys.Except(there, StringComparer.Ordinal)];
    }

    private static string Text(StoredBlob record) => System.Text.Encoding.UTF8.GetString(record.Content.Span);
}
