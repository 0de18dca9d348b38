using System.Security.Cryptography;
using System.Text;
using IngestPipeline.Feeds;
using IngestPipeline.Records;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Pipeline;

/// <summary>Which entries were met in which feed, and which articles were named already; on disk for the length of a replay.</summary>
internal sealed class EntryBook : IDisposable
{
    private readonly string _file;
    private readonly SqliteConnection _connection;

    public EntryBook(string? temporaryFolder = null)
    {
        _file = Path.Combine(temporaryFolder ?? Path.GetTempPath(), Path.GetRandomFileName() + ".ingest-entries.db");
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _file, Pooling = false }.ToString());
        _connection.Open();
        Execute("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; PRAGMA cache_size=-4000");
        Execute("CREATE TABLE entry(feed TEXT NOT NULL, key TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY(feed, key)) WITHOUT ROWID");
        Execute("CREATE TABLE named(id TEXT PRIMARY KEY) WITHOUT ROWID");
        Execute("BEGIN");
    }

    /// <summary>Takes the entries of one poll in document order and says how each ends; new and revised ones come with their request.</summary>
    public IEnumerable<(EntryDisposition Disposition, ArticleRequest? Request)> Take(ArticleFeed feed, DateTimeOffset? polled, IReadOnlyList<FeedEntry> entries, int fullTextLength)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var url = ArticleUrl.TryCreate(entry.Link);
            if (url is null && !string.IsNullOrWhiteSpace(entry.Link))
            {
                yield return (EntryDisposition.Rejected, null);
                continue;
            }

            if (url is null && !(entry.Content?.Length >= fullTextLength))
            {
                yield return (EntryDisposition.NoLink, null);
                continue;
            }

            // A GUID used twice in one feed stays two entries.
            var unique = !string.IsNullOrWhiteSpace(entry.Id) && ids.Add(entry.Id);
            var key = unique ? "id:" + entry.Id : url is not null ? "url:" + url.Text : "text:" + entry.Content;
            var disposition = Meet(Hash(feed.Url), Hash(key), Hash(entry.Title, entry.Link, entry.Updated?.ToString("O"), entry.Content, entry.Summary));
            if (disposition == EntryDisposition.New && url is not null && !Name(url.Id))
                disposition = EntryDisposition.Seen;

            var request = new ArticleRequest(url is null ? null : new Uri(entry.Link!.Trim()), url, polled, feed with { EntryId = entry.Id }, entry);
            yield return (disposition, disposition == EntryDisposition.Seen ? null : request);
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        try
        {
            File.Delete(_file);
        }
        catch (IOException)
        {
            // A temporary file that stays behind harms nobody.
        }
    }

    private EntryDisposition Meet(string feed, string key, string hash)
    {
        using var find = Command("SELECT hash FROM entry WHERE feed = $0 AND key = $1", feed, key);
        var known = find.ExecuteScalar() as string;
        if (known == hash)
            return EntryDisposition.Seen;

        using var put = Command("INSERT OR REPLACE INTO entry VALUES($0, $1, $2)", feed, key, hash);
        put.ExecuteNonQuery();
        return known is null ? EntryDisposition.New : EntryDisposition.Revised;
    }

    private bool Name(string id)
    {
        using var put = Command("INSERT OR IGNORE INTO named VALUES($0)", id);
        return put.ExecuteNonQuery() == 1;
    }

    private static string Hash(params ReadOnlySpan<string?> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts))).AsSpan(0, 16));

    private SqliteCommand Command(string sql, params ReadOnlySpan<string> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue("$" + (char)('0' + i), values[i]);
        return command;
    }

    private void Execute(string sql)
    {
        using var command = Command(sql);
        command.ExecuteNonQuery();
    }
}
