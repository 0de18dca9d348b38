using IngestPipeline.Archive;
using IngestPipeline.Feeds;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Fetching;

namespace IngestPipeline.Pipeline;

/// <summary>
/// Which feed of the list a captured document belongs to: the feed at its address, the one whose address led there, or the one whose documents named
/// it as an earlier one. A live run knows that when it asks; a replay has to find it again.
/// </summary>
internal sealed class FeedOwners
{
    private readonly WebArchive _archive;
    private readonly PageFetcher _fetcher;
    private readonly IReadOnlyList<FeedSettings> _feeds;
    private readonly Dictionary<string, FeedSettings?> _owners = new(StringComparer.Ordinal);

    public FeedOwners(FeedList? list, WebArchive archive, PageFetcher fetcher)
    {
        (_archive, _fetcher, _feeds) = (archive, fetcher, list?.Feeds ?? []);
        foreach (var feed in _feeds)
            _owners.TryAdd(feed.Id, feed);
    }

    /// <summary>The settings that hold for a captured document; null = it belongs to no feed of the list.</summary>
    public async ValueTask<FeedSettings?> OfAsync(Capture capture, CancellationToken cancellation)
    {
        if (_feeds.Count == 0 || ArticleUrl.TryCreate(capture.Url) is not { } url)
            return null;
        if (ArticleUrl.TryCreate(capture.Via) is { } asked && _owners.TryGetValue(asked.Id, out var asking))
            return asking;
        if (!_owners.TryGetValue(url.Id, out var owner))
            _owners[url.Id] = owner = await LeadingToAsync(url.Id, capture.Date, cancellation).ConfigureAwait(false);
        return owner;
    }

    /// <summary>Takes note of the earlier document that a feed names, and of where that leads.</summary>
    public async ValueTask NamesAsync(FeedSettings? owner, Feed feed, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        if (owner is null || feed.Earlier is not { } page || ArticleUrl.TryCreate(page) is not { } url || !_owners.TryAdd(url.Id, owner))
            return;
        if (await FinalAsync(page, asOf, cancellation).ConfigureAwait(false) is { } final)
            _owners.TryAdd(final, owner);
    }

    private async Task<FeedSettings?> LeadingToAsync(string id, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        foreach (var feed in _feeds)
        {
            if (await FinalAsync(feed.Url, asOf, cancellation).ConfigureAwait(false) == id)
                return feed;
        }

        return null;
    }

    // The page's id behind redirects; null when the address leads nowhere else.
    private async Task<string?> FinalAsync(Uri from, DateTimeOffset? asOf, CancellationToken cancellation)
    {
        if (_archive.Find(from, asOf) is not { Status: >= 300 and < 400 })
            return null;
        var fetched = await _fetcher.FetchAsync(from, asOf, PageFetcher.MaxFeedBytes, cancellation).ConfigureAwait(false);
        return fetched.FinalUrl is { } final ? ArticleUrl.TryCreate(final)?.Id : null;
    }
}
