using IngestPipeline.Feeds;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>An entry that can name an article.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Url">Its article's address; null when it carries the article itself.</param>
/// <param name="Key">What it is known by in its feed, hashed.</param>
/// <param name="Hash">What it says, hashed: another one is a revision.</param>
/// <param name="Place">What its address is known by in its feed, hashed; null where the entry is known by its address alone, or has none.</param>
/// <param name="Says">
/// What it says about that address, hashed: a further entry that says something else there is a further post, edition or story, and its page is asked
/// for again. One that says the same is the known entry under another GUID.
/// </param>
internal sealed record EntryCandidate(FeedEntry Entry, ArticleUrl? Url, string Key, string Hash, string? Place, string Says)
{
    /// <summary>What the request is known by among those of its article.</summary>
    public string RequestHash => EntryRules.Hash(Key, Hash);

    public ArticleRequest Request(ArticleFeed feed, DateTimeOffset? polled) =>
        new(Url is null ? null : new Uri(Entry.Link!.Trim()), Url, polled, feed with { EntryId = Entry.Id }, Entry);
}
