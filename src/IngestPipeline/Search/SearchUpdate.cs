using System.Globalization;
using IngestPipeline.Archive.Index;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Search;

/// <summary>Brings an index up to date: by what changed since its cursor, or from the start when it is of another store, run or shape.</summary>
internal static class SearchUpdate
{
    public static async Task RunAsync(
        SqliteConnection connection, string location, RecordStore records, IProgress<long>? progress, CancellationToken cancellation)
    {
        var of = $"{SearchSchema.Version} {location} {records.Header.Prefix} {records.Header.PipelineVersion}";
        var known = Meta(connection);
        var cursor = known.GetValueOrDefault("of") == of && int.TryParse(known.GetValueOrDefault("cursor"), CultureInfo.InvariantCulture, out var at) ? at : -1;
        // A store that was deleted and written again has other changes under the same numbers, or the same ones: then the days differ.
        if (cursor >= 0 && (cursor > records.Cursor || known.GetValueOrDefault("seal") != await SealAsync(records, cursor, cancellation).ConfigureAwait(false)))
            cursor = -1;
        if (cursor >= 0 && cursor == records.Cursor && (cursor > 0 || known.GetValueOrDefault("days") == Days(records)))
            return;

        if (cursor <= 0)
            connection.Run(SearchSchema.Create);
        using var writer = new SearchWriter(connection);
        await foreach (var record in (cursor <= 0 ? All(records, cancellation) : records.ReadChangedAsync(cursor, cancellation)).ConfigureAwait(false))
        {
            writer.Put(RecordFields.Parse(record));
            progress?.Report(writer.Written);
        }

        if (cursor > 0)
        {
            await foreach (var id in records.ReadRemovedAsync(cursor, cancellation).ConfigureAwait(false))
                writer.Remove(id);
        }

        Set(
            connection, ("of", of), ("cursor", SearchIndex.Number(records.Cursor)),
            ("seal", await SealAsync(records, records.Cursor, cancellation).ConfigureAwait(false)), ("days", Days(records)));
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> All(
        RecordStore records, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var day in records.Days)
        {
            await foreach (var line in records.ReadDayAsync(day.Name, cancellation).ConfigureAwait(false))
                yield return line;
        }
    }

    // Segments of the changes log never change: the last one read is read again to see that it is still the same store's.
    private static async Task<string> SealAsync(RecordStore records, int cursor, CancellationToken cancellation) =>
        cursor == 0 || await records.ReadChangesAsync(cursor, cancellation).ConfigureAwait(false) is not { } segment ? "" : ContentTag.Of(segment.Span);

    private static string Days(RecordStore records) => string.Join(' ', records.Days.Select(d => d.Sha256.Length > 16 ? d.Sha256[..16] : "-"));

    private static Dictionary<string, string> Meta(SqliteConnection connection)
    {
        var meta = new Dictionary<string, string>(StringComparer.Ordinal);
        using var exists = connection.Command("SELECT count(*) FROM sqlite_master WHERE name = 'meta'");
        if ((long)exists.ExecuteScalar()! == 0)
            return meta;
        using var read = connection.Command("SELECT name, value FROM meta");
        using var row = read.ExecuteReader();
        while (row.Read())
            meta[row.GetString(0)] = row.GetString(1);
        return meta;
    }

    private static void Set(SqliteConnection connection, params ReadOnlySpan<(string Name, string Value)> values)
    {
        foreach (var (name, value) in values)
        {
            using var set = connection.Command("INSERT OR REPLACE INTO meta VALUES ($name, $value)", ("$name", name), ("$value", value));
            set.ExecuteNonQuery();
        }
    }
}
