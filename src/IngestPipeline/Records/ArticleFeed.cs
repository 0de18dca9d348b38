using IngestPipeline.Feeds;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Pipeline;

namespace IngestPipeline.Records;

/// <summary>The feed entry that named an article.</summary>
/// <param name="Url">The feed's address.</param>
/// <param name="Title">The feed's title.</param>
/// <param name="EntryId">The entry's GUID.</param>
public sealed record ArticleFeed(string Url, string? Title, string? EntryId)
{
    /// <summary>The rights or text-mining opt-out that the feeds file says; null = nothing.</summary>
    public string? Rights { get; init; }

    /// <summary>The section that the feeds file gives the feed's articles; null = none.</summary>
    public string? Section { get; init; }

    /// <summary>The feed as its document names itself, its title as plain text.</summary>
    public static ArticleFeed Of(string url, Feed feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        return new(url, feed.Title is { } title ? FeedPlainText.Of(title) : null, null);
    }

    /// <summary>With what the feeds file says of the feed.</summary>
    public ArticleFeed With(FeedSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return this with { Rights = settings.Rights, Section = settings.Section };
    }
}
