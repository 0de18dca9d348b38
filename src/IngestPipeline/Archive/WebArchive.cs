namespace IngestPipeline.Archive;

/// <summary>A set of archive files or folders, seen as the web at the time it was captured.</summary>
public sealed class WebArchive : IAsyncDisposable
{
    private WebArchive()
    {
    }

    /// <summary>What could not be read.</summary>
    public IReadOnlyList<ArchiveFault> Faults => throw new NotSupportedException();

    /// <summary>True when at least one capture is a feed.</summary>
    public bool HoldsFeeds => throw new NotSupportedException();

    /// <summary>How many captures there are.</summary>
    public long Captures => throw new NotSupportedException();

    /// <summary>SHA-256 (hexadecimal) over all captures' URL, date, status and payload digest, in archive order.</summary>
    public string Fingerprint => throw new NotSupportedException();

    /// <summary>Scans files and folders once and indexes them on disk.</summary>
    /// <exception cref="ArchiveException">A path does not exist or holds nothing that can be read as an archive; the message is one clear line.</exception>
    public static Task<WebArchive> OpenAsync(IReadOnlyList<string> paths, WebArchiveOptions options, CancellationToken cancellation) =>
        throw new NotSupportedException();

    /// <summary>Captures whose content is a feed, by (date, URL, archive order); undated last.</summary>
    public IEnumerable<Capture> Feeds() => throw new NotSupportedException();

    /// <summary>HTML and plain-text pages, by (date, URL, archive order); undated last.</summary>
    public IEnumerable<Capture> Pages() => throw new NotSupportedException();

    /// <summary>The capture that answers for a URL at a time; null when the archive does not hold it.</summary>
    public Capture? Find(Uri url, DateTimeOffset? asOf) => throw new NotSupportedException();

    /// <summary>Reads a capture's answer.</summary>
    public Task<ArchivedResponse> ReadAsync(Capture capture, CancellationToken cancellation) => throw new NotSupportedException();

    /// <summary>Closes the files and deletes the index.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
