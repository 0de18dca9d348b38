using IngestPipeline.Archive.Index;
using IngestPipeline.Feeds;
using IngestPipeline.Records;
using Microsoft.Data.Sqlite;

namespace IngestPipeline.Pipeline;

/// <summary>Which entries were met in which feed, and which articles were named already; on disk for the length of a replay.</summary>
internal sealed class EntryBook(string? temporaryFolder = null, IReadOnlySet<string>? forgotten = null) : IDisposable
{
    // Made for the first entry: an archive of pages alone has none.
    private readonly Lazy<Tables> _tables = new(() => new Tables(temporaryFolder));

    /// <summary>Takes the entries of one poll in document order and says how each ends; new and revised ones come with their request.</summary>
    /// <param name="document">The address under which the document's entries are remembered (<see cref="FeedDocuments"/>).</param>
    /// <param name="feed">The document, by the address that answered.</param>
    /// <param name="polled">The date of its capture.</param>
    /// <param name="entries">Its entries.</param>
    /// <param name="fullTextLength">See <see cref="PipelineOptions.FeedTextLength"/>.</param>
    /// <param name="late">Entries that come later: nothing is said of them here.</param>
    public IEnumerable<(EntryDisposition Disposition, ArticleRequest? Request)> Take(
        string document, ArticleFeed feed, DateTimeOffset? polled, IReadOnlyList<FeedEntry> entries, int fullTextLength,
        LateEntries? late = null)
    {
        var owner = EntryRules.Hash(document);
        var asked = new HashSet<string>(StringComparer.Ordinal);
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

            var disposition = Meet(owner, candidate.Key, candidate.Hash);
            // A page is asked for once a poll, however many of its entries are new.
            var isFurther = disposition != EntryDisposition.Seen
                && candidate is { Url: { } at, Place: { } place }
                && Meet(owner, place, candidate.Says) == EntryDisposition.Revised
                && !asked.Contains(at.Id);
            if (disposition != EntryDisposition.Seen && late?.Hold(candidate, feed, polled, isFurther ? EntryDisposition.Revised : disposition) == true)
                continue;
            if (disposition != EntryDisposition.Seen && candidate.Url is { } url)
            {
                // An entry that was given another address names it, too.
                if (!Name(url.Id) && disposition == EntryDisposition.New)
                    disposition = isFurther ? EntryDisposition.Revised : EntryDisposition.Seen;
                if (disposition != EntryDisposition.Seen)
                    asked.Add(url.Id);
            }

            yield return (disposition, disposition == EntryDisposition.Seen ? null : candidate.Request(feed, polled));
        }
    }

    /// <summary>How an entry ends that was held back until now.</summary>
    public EntryDisposition Take(HeldEntry held) =>
        held.Request.Url is { } url && !Name(url.Id) && held.Disposition == EntryDisposition.New ? EntryDisposition.Seen : held.Disposition;

    public void Dispose()
    {
        if (_tables.IsValueCreated)
            _tables.Value.Dispose();
    }

    private EntryDisposition Meet(string feed, string key, string hash)
    {
        var find = _tables.Value.Find;
        find.Bind(feed, key);
        var known = find.ExecuteScalar() as string;
        if (known == hash)
            return EntryDisposition.Seen;

        _tables.Value.Put.Run(feed, key, hash);
        return known is null ? EntryDisposition.New : EntryDisposition.Revised;
    }

    private bool Name(string id)
    {
        _tables.Value.Name.Bind(id);
        return _tables.Value.Name.ExecuteNonQuery() == 1;
    }

    private sealed class Tables : IDisposable
    {
        private readonly TemporaryDatabase _database;

        public Tables(string? folder)
        {
            _database = new(
                folder,
                4_000,
                "CREATE TABLE entry(feed TEXT NOT NULL, key TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY(feed, key)) WITHOUT ROWID",
                "CREATE TABLE named(id TEXT PRIMARY KEY) WITHOUT ROWID");
            Find = _database.Connection.Prepared("SELECT hash FROM entry WHERE feed = $feed AND key = $key", "$feed", "$key");
            Put = _database.Connection.Prepared("INSERT OR REPLACE INTO entry VALUES($feed, $key, $hash)", "$feed", "$key", "$hash");
            Name = _database.Connection.Prepared("INSERT OR IGNORE INTO named VALUES($id)", "$id");
        }

        public SqliteCommand Find { get; }

        public SqliteCommand Put { get; }

        public SqliteCommand Name { get; }

        public void Dispose() => _database.Dispose();
    }
}
