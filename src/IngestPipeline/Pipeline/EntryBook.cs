using IngestPipeline.Archive.Index;
using IngestPipeline.Feeds;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>Which entries were met in which feed, and which articles were named already; on disk for the length of a replay.</summary>
internal sealed class EntryBook(string? temporaryFolder = null, IReadOnlySet<string>? forgotten = null) : IDisposable
{
    private readonly TemporaryDatabase _database = new(
        temporaryFolder,
        4_000,
        "CREATE TABLE entry(feed TEXT NOT NULL, key TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY(feed, key)) WITHOUT ROWID",
        "CREATE TABLE named(id TEXT PRIMARY KEY) WITHOUT ROWID");

    /// <summary>Takes the entries of one poll in document order and says how each ends; new and revised ones come with their request.</summary>
    public IEnumerable<(EntryDisposition Disposition, ArticleRequest? Request)> Take(ArticleFeed feed, DateTimeOffset? polled, IReadOnlyList<FeedEntry> entries, int fullTextLength)
    {
        foreach (var (ended, candidate) in EntryRules.Read(entries, fullTextLength))
        {
            if (candidate is null)
            {
                yield return (ended, null);
                continue;
            }

            if (candidate.Url is { } named && forgotten?.Contains(named.Id) == true)
            {
                yield return (EntryDisposition.Forgotten, null);
                continue;
            }

            var disposition = Meet(EntryRules.Hash(feed.Url), candidate.Key, candidate.Hash);
            if (disposition == EntryDisposition.New && candidate.Url is { } url && !Name(url.Id))
                disposition = EntryDisposition.Seen;
            yield return (disposition, disposition == EntryDisposition.Seen ? null : candidate.Request(feed, polled));
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
}
