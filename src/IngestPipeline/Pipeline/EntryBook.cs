using System.Security.Cryptography;
using System.Text;
using IngestPipeline.Archive.Index;
using IngestPipeline.Feeds;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>Which entries were met in which feed, and which articles were named already; on disk for the length of a replay.</summary>
internal sealed class EntryBook(string? temporaryFolder = null) : IDisposable
{
    private readonly TemporaryDatabase _database = new(
        temporaryFolder,
        4_000,
        "CREATE TABLE entry(feed TEXT NOT NULL, key TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY(feed, key)) WITHOUT ROWID",
        "CREATE TABLE named(id TEXT PRIMARY KEY) WITHOUT ROWID");

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

    public void Dispose() => _database.Dispose();

    private EntryDisposition Meet(string feed, string key, string hash)
    {
        using var find = _database.Connection.Command("SELECT hash FROM entry WHERE feed = $feed AND key = $key", ("$feed", feed), ("$key", key));
        var known = find.ExecuteScalar() as string;
        if (known == hash)
            return EntryDisposition.Seen;

        using var put = _database.Connection.Command("INSERT OR REPLACE INTO entry VALUES($feed, $key, $hash)", ("$feed", feed), ("$key", key), ("$hash", hash));
        put.ExecuteNonQuery();
        return known is null ? EntryDisposition.New : EntryDisposition.Revised;
    }

    private bool Name(string id)
    {
        using var put = _database.Connection.Command("INSERT OR IGNORE INTO named VALUES($id)", ("$id", id));
        return put.ExecuteNonQuery() == 1;
    }

    private static string Hash(params ReadOnlySpan<string?> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts))).AsSpan(0, 16));
}
