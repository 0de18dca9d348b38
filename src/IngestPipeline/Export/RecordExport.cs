using System.Runtime.CompilerServices;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Export;

/// <summary>Writes a store's records, or those that changed since a cursor, in a format that other tools read.</summary>
public static class RecordExport
{
    /// <summary>Writes NDJSON or CSV to a stream.</summary>
    /// <param name="store">The store.</param>
    /// <param name="format"><see cref="ExportFormat.Ndjson"/> or <see cref="ExportFormat.Csv"/>.</param>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="filter">Which records are wanted.</param>
    /// <param name="since">The cursor that the last export gave; null for everything.</param>
    /// <param name="progress">Told how many records were written.</param>
    /// <param name="cancellation">Stops between records.</param>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    public static async Task<ExportResult> WriteAsync(
        IBlobStore store, ExportFormat format, Stream output, RecordFilter filter, int? since = null, IProgress<long>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        var records = await RecordStore.OpenAsync(store, cancellation).ConfigureAwait(false);
        using IRecordSink sink = format switch
        {
            ExportFormat.Ndjson => new NdjsonSink(output),
            ExportFormat.Csv => new CsvSink(output),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "A database is a file, not a stream."),
        };
        return await WriteAsync(records, sink, filter, since, progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>Writes a SQLite database, or what changed into one that is there.</summary>
    /// <exception cref="StorageException">The store cannot be read, or the file is no database or cannot be written.</exception>
    public static async Task<ExportResult> WriteSqliteAsync(
        IBlobStore store, string file, RecordFilter filter, int? since = null, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var records = await RecordStore.OpenAsync(store, cancellation).ConfigureAwait(false);
        try
        {
            using var sink = new SqliteSink(file);
            return await WriteAsync(records, sink, filter, since, progress, cancellation).ConfigureAwait(false);
        }
        catch (SqliteException e)
        {
            throw new StorageException($"{file}: cannot be written as a database: {Reason(e)}", e);
        }
    }

    private static string Reason(SqliteException e) => e.Fault() switch
    {
        SqliteFault.Denied => "it cannot be opened here; check who owns the folder and the file",
        SqliteFault.Full => StorageException.FullDisk,
        SqliteFault.OtherKind => "it is a file of another kind; name another",
        _ => e.Message,
    };

    private static async Task<ExportResult> WriteAsync(
        RecordStore records, IRecordSink sink, RecordFilter filter, int? since, IProgress<long>? progress, CancellationToken cancellation)
    {
        var written = 0L;
        await foreach (var line in (since is { } cursor ? records.ReadChangedAsync(cursor, cancellation) : All(records, filter, cancellation)).ConfigureAwait(false))
        {
            var record = RecordFields.Parse(line);
            if (!filter.Meets(record))
                continue;
            sink.Put(line, record);
            written++;
            progress?.Report(written);
        }

        if (since is { } from)
        {
            await foreach (var id in records.ReadRemovedAsync(from, cancellation).ConfigureAwait(false))
                sink.Remove(id);
        }

        sink.Finish();
        // A store without a changes log keeps the cursor that was given; the log never goes back.
        return new(written, Math.Max(records.Cursor, since ?? 0));
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> All(
        RecordStore records, RecordFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var day in records.Days.Where(d => filter.MeetsDay(d.Name)))
        {
            await foreach (var line in records.ReadDayAsync(day.Name, cancellation).ConfigureAwait(false))
                yield return line;
        }
    }
}
