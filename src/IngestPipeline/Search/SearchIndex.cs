using System.Globalization;
using IngestPipeline.Archive.Index;
using IngestPipeline.Records;
using IngestPipeline.Storage;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Search;

/// <summary>
/// A full-text index of a store's records in a SQLite file beside it. It is a cache: made from the store, followed by its changes log, made
/// again whenever it does not fit the store.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    /// <summary>Stands before what was found in a snippet.</summary>
    public const char MarkStart = '\u0002';

    /// <summary>Stands behind what was found in a snippet.</summary>
    public const char MarkEnd = '\u0003';

    private readonly SqliteConnection _connection;

    private SearchIndex(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the index of a store and brings it up to date.</summary>
    /// <param name="store">The store.</param>
    /// <param name="file">The index's file; it is made when missing and replaced when damaged.</param>
    /// <param name="progress">Told how many records were read.</param>
    /// <param name="cancellation">Stops; the next opening goes on or starts again.</param>
    /// <exception cref="StorageException">The store cannot be read, or the file cannot be written.</exception>
    public static async Task<SearchIndex> OpenAsync(IBlobStore store, string file, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        var records = await RecordStore.OpenAsync(store, cancellation).ConfigureAwait(false);
        try
        {
            return await OpenFileAsync(store, records, file, progress, cancellation).ConfigureAwait(false);
        }
        catch (SqliteException e) when (e.Fault() is SqliteFault.Damaged or SqliteFault.OtherKind)
        {
            // It is a cache, so a fresh one takes its place.
            File.Delete(file);
            return await OpenFileAsync(store, records, file, progress, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                $"{file}: the search index cannot be used: {(e is SqliteException sqlite ? sqlite.Why() : e.Message)}. --index FILE puts it elsewhere", e);
        }
    }

    /// <summary>Looks words up.</summary>
    /// <param name="words">Words that all must stand there; also <c>"a phrase"</c>, <c>begin*</c>, <c>-word</c>, <c>this OR that</c>.</param>
    /// <param name="filter">Which records are wanted.</param>
    /// <param name="limit">The most hits.</param>
    /// <param name="newestFirst">By time rather than by how well they fit.</param>
    public SearchResult Find(string words, RecordFilter filter, int limit, bool newestFirst = false)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(filter);
        if (SearchWords.Expression(words) is not { } expression)
            return new(0, [], "give at least one word to look for");
        try
        {
            return Find(expression, filter, limit, newestFirst ? SearchSchema.Newest : SearchSchema.Best);
        }
        catch (SqliteException e)
        {
            return new(0, [], $"the search index cannot be read: {e.Message}; delete it, and it is made again");
        }
    }

    private SearchResult Find(string expression, RecordFilter filter, int limit, string sql)
    {
        using var count = Query(SearchSchema.Count, expression, filter, limit);
        var total = (long)count.ExecuteScalar()!;
        using var query = Query(sql, expression, filter, limit);
        using var row = query.ExecuteReader();
        var hits = new List<SearchHit>();
        while (row.Read())
            hits.Add(
                new(
                    row.GetString(0), row.GetString(1), Text(row, 2), Text(row, 3), Text(row, 4), Text(row, 5), Text(row, 6), row.GetString(7),
                    row.GetString(8), row.GetString(9), SearchWords.Shown(row.GetString(10))));
        return new(total, hits);
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private SqliteCommand Query(string sql, string words, RecordFilter filter, int limit) => _connection.Command(
        sql,
        ("$words", words), ("$from", filter.From), ("$to", filter.To), ("$outlet", filter.Outlet), ("$language", filter.Language), ("$story", filter.Story),
            ("$canonical", filter.Canonical ? 1 : 0), ("$limit", limit));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static async Task<SearchIndex> OpenFileAsync(
        IBlobStore store, RecordStore records, string file, IProgress<long>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 60 }.ToString());
        try
        {
            connection.Open();
            // Two searches at once wait for each other here; a crash within leaves the index as it was.
            // What was deleted, because an article was taken out of the store, is overwritten.
            connection.Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768; PRAGMA secure_delete = ON; BEGIN IMMEDIATE");
            await SearchUpdate.RunAsync(connection, store.Location, records, progress, cancellation).ConfigureAwait(false);
            connection.Run("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
            return new(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
