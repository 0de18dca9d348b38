using IngestPipeline.Archive;
using IngestPipeline.Fetching;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>The captures of a span of time, to be fetched from; temporary files are deleted on dispose.</summary>
internal sealed class CapturedSpan : IAsyncDisposable
{
    private readonly WebArchive _archive;
    private readonly ArchiveHandler _handler;
    private readonly WorkFolder _folder;

    public CapturedSpan(WebArchive archive, WorkFolder folder)
    {
        (_archive, _folder) = (archive, folder);
        _handler = new(archive, failsAgain: true, ownOnly: true);
        Fetcher = new(_handler);
    }

    public PageFetcher Fetcher { get; }

    /// <summary>The first answer at or after a time that was captured in the span; null when there is none.</summary>
    public async Task<FetchResult?> FetchAsync(Uri url, DateTimeOffset asOf, int maxBytes, CancellationToken cancellation)
    {
        var fetched = await Fetcher.FetchAsync(url, asOf, maxBytes, cancellation).ConfigureAwait(false);
        // An archive falls back to the nearest before; here that is somebody else's.
        return fetched.Status != FetchStatus.NotArchived && fetched.Captured >= asOf ? fetched : null;
    }

    public async ValueTask DisposeAsync()
    {
        Fetcher.Dispose();
        _handler.Dispose();
        await _archive.DisposeAsync().ConfigureAwait(false);
        _folder.Dispose();
    }
}
