using IngestPipeline.Feeds.Lists;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>The store's list of feeds, read again when it has changed.</summary>
/// <param name="store">The store.</param>
/// <param name="name">The list's blob; null = <see cref="FeedList.StoreName"/>.</param>
public sealed class LiveFeeds(IBlobStore store, string? name = null)
{
    private readonly string _name = name ?? FeedList.StoreName;
    private Snapshot? _known;

    /// <summary>The feeds by id, in the list's order. A store without a list has none.</summary>
    /// <exception cref="StorageException">The list has a mistake, and no earlier one is known; the message says where and what to write instead.</exception>
    public async Task<IReadOnlyDictionary<string, FeedSettings>> ReadAsync(CancellationToken cancellation)
    {
        if (await store.ReadAsync(_name, cancellation).ConfigureAwait(false) is not { } blob)
            return new Dictionary<string, FeedSettings>();
        if (_known?.ETag == blob.ETag)
            return _known.Feeds;

        var read = FeedList.Read(blob.Content);
        if (read.Problems is [var problem, ..])
        {
            // A mistake in the list must not stop the feeds that are followed already.
            if (_known is { } last)
                return last.Feeds;
            throw new StorageException($"{store.Location}: {_name}:{problem.Line}: {problem.Message}");
        }

        var feeds = new OrderedDictionary<string, FeedSettings>(StringComparer.Ordinal);
        foreach (var feed in read.List.Feeds)
            feeds[feed.Id] = feed;
        _known = new(blob.ETag, feeds);
        return feeds;
    }

    private sealed record Snapshot(string ETag, IReadOnlyDictionary<string, FeedSettings> Feeds);
}
