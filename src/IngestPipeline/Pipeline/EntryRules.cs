using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IngestPipeline.Feeds;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>What an entry is known by and whether it can name an article: the same rules for a replay and a live run.</summary>
internal static class EntryRules
{
    /// <summary>The entries of one document in order: each is rejected, names nothing, or is a candidate.</summary>
    public static IEnumerable<(EntryDisposition Ended, EntryCandidate? Candidate)> Read(IReadOnlyList<FeedEntry> entries, int fullTextLength)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
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

            // A GUID used twice in one feed stays two entries, and so does an address without one.
            var hasId = !string.IsNullOrWhiteSpace(entry.Id) && taken.Add("id:" + entry.Id);
            var key = hasId ? "id:" + entry.Id : url is not null ? "url:" + url.Text : "text:" + entry.Content;
            if (!hasId && url is not null && !taken.Add(key))
                key += "\n" + entry.Title;
            var place = hasId && url is not null ? Hash("at:" + url.Text) : null;
            yield return (EntryDisposition.New, new(entry, url, Hash(key), Hash(entry.Title, entry.Link, entry.Updated?.ToString("O"), entry.Content, entry.Summary), place, Says(entry)));
        }
    }

    // The day and not the time: some feeds give every entry a new GUID and the time of the poll.
    private static string Says(FeedEntry entry) =>
        Hash(entry.Title, entry.Content, entry.Summary, entry.Published?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public static string Hash(params ReadOnlySpan<string?> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts))).AsSpan(0, 16));
}
