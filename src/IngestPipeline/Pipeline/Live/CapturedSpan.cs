using IngestPipeline.Archive;
using IngestPipeline.Fetching;

namespace IngestPipeline.Pipeline.Live;

/// <summary>The captures of a span of time, to be fetched from; temporary files are deleted on dispose.</summary>
internal sealed class CapturedSpan : IAsyncDisposable
{
    private readonly WebArchive _archive;
    private readonly ArchiveHandler _handler;
    private readonly string _folder;

    public CapturedSpan(WebArchive archive, string folder)
    {
        (_archive, _folder) = (archive, folder);
        _handler = new(archive, failsAgain: true);
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

    public static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left-overs in the folder for temporary files do no harm.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Fetcher.Dispose();
        _handler.Dispose();
        await _archive.DisposeAsync().ConfigureAwait(false);
        Delete(_folder);
    }
}
