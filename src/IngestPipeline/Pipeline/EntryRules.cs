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
            yield return (EntryDisposition.New, new(entry, url, Hash(key), Hash(entry.Title, entry.Link, entry.Updated?.ToString("O"), entry.Content, entry.Summary)));
        }
    }

    public static string Hash(params ReadOnlySpan<string?> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts))).AsSpan(0, 16));
}
