using IngestPipeline.Feeds;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>An entry that can name an article.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Url">Its article's address; null when it carries the article itself.</param>
/// <param name="Key">What it is known by in its feed, hashed.</param>
/// <param name="Hash">What it says, hashed: another one is a revision.</param>
internal sealed record EntryCandidate(FeedEntry Entry, ArticleUrl? Url, string Key, string Hash)
{
    public ArticleRequest Request(ArticleFeed feed, DateTimeOffset? polled) =>
        new(Url is null ? null : new Uri(Entry.Link!.Trim()), Url, polled, feed with { EntryId = Entry.Id }, Entry);
}
