using IngestPipeline.Feeds;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>One article to be fetched, and who named it.</summary>
/// <param name="Fetch">The address to fetch; null for an entry that names no page.</param>
/// <param name="Url">Its normalised form; null where there is no web address to make an identity of.</param>
/// <param name="AsOf">The time of the poll that named it, or of the capture itself; null for undated input.</param>
/// <param name="Feed">The feed; null when no feed named it.</param>
/// <param name="Entry">The feed's entry; null when no feed named it.</param>
public sealed record ArticleRequest(Uri? Fetch, ArticleUrl? Url, DateTimeOffset? AsOf, ArticleFeed? Feed = null, FeedEntry? Entry = null)
{
    /// <summary>
    /// True when a page is looked at again although nothing named it anew. Only another text of the page counts then: a page that has gone, or hides
    /// its text, leaves the article as it was.
    /// </summary>
    public bool IsRecheck { get; init; }

    /// <summary>The id of the feed for whose daily cap its fetch counts, live; null = no feed with a cap named it.</summary>
    public string? CappedFeed { get; init; }
}
