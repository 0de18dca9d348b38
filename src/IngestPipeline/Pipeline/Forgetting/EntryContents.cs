using IngestPipeline.Extraction;
using IngestPipeline.Feeds;
using IngestPipeline.Fetching;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Forgetting;

/// <summary>Tells the ids of articles that an entry carries itself; they are made of its content.</summary>
internal sealed class EntryContents : IDisposable
{
    private readonly PageFetcher _fetcher = new(new NoWeb());
    private readonly PipelineOptions _options;
    private readonly Lazy<ArticleIngest> _ingest;

    public EntryContents(PipelineOptions options)
    {
        _options = options;
        // A model is read for it, which most stores never need here.
        _ingest = new(() => new(_fetcher, new ArticleExtractor(), options));
    }

    /// <summary>The id; null when the entry carries no article.</summary>
    public async Task<string?> IdAsync(FeedEntry entry, string? feedUrl, Feed feed, CancellationToken cancellation)
    {
        if (!string.IsNullOrWhiteSpace(entry.Link) || !(entry.Content?.Length >= _options.FeedTextLength))
            return null;
        var request = new ArticleRequest(null, null, DateTimeOffset.UnixEpoch, ArticleFeed.Of(feedUrl ?? "", feed), entry);
        return (await _ingest.Value.ProcessAsync(request, cancellation).ConfigureAwait(false)).Article?.Id;
    }

    public void Dispose() => _fetcher.Dispose();

    private sealed class NoWeb : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new NotSupportedException("An entry's own content needs no web.");
    }
}
