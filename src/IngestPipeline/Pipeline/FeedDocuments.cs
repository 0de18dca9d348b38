using IngestPipeline.Archive;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Fetching;

namespace IngestPipeline.Pipeline;

/// <summary>
/// Under which address a captured document's entries are remembered: the one that was asked for. A live run asks a feed that moved for good at its new
/// address, and it stays the same feed, whose entries are known.
/// </summary>
/// <param name="list">The feeds that are followed; null = nobody knows.</param>
/// <param name="archive">Says whether an address moved.</param>
/// <param name="fetcher">Follows redirects in the archive.</param>
internal sealed class FeedDocuments(FeedList? list, WebArchive archive, PageFetcher fetcher)
{
    private readonly HashSet<string> _listed = [.. list?.Feeds.Select(f => f.Url.AbsoluteUri) ?? []];
    private readonly Dictionary<string, string> _moved = new(StringComparer.Ordinal);

    /// <summary>The address; captures come in the order of their dates.</summary>
    public async ValueTask<string> OfAsync(Capture capture, CancellationToken cancellation)
    {
        if (capture.Via is not { } via || !Uri.TryCreate(via, UriKind.Absolute, out var asked))
            return _moved.GetValueOrDefault(capture.Url, capture.Url);
        var known = _moved.GetValueOrDefault(via, via);
        // A redirect for the moment, as many feeds have at every poll, is not followed: the document would be read once more.
        if (_listed.Contains(capture.Url) || _moved.ContainsKey(capture.Url) || archive.Find(asked, capture.Date) is not { Status: 301 or 308 })
            return known;
        var fetched = await fetcher.FetchAsync(asked, capture.Date, PageFetcher.MaxFeedBytes, cancellation).ConfigureAwait(false);
        if (fetched.MovedTo?.AbsoluteUri == capture.Url)
            _moved[capture.Url] = known;
        return known;
    }
}
