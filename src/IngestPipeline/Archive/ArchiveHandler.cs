namespace IngestPipeline.Archive;

/// <summary>Answers HTTP requests from a <see cref="WebArchive"/> instead of the network.</summary>
public sealed class ArchiveHandler(WebArchive archive) : HttpMessageHandler
{
    /// <summary>Request option: the time of the poll that named the URL; absent or null = the URL's first capture.</summary>
    public static readonly HttpRequestOptionsKey<DateTimeOffset?> AsOf = new("IngestPipeline.Archive.AsOf");

    /// <summary>Set on the request's options: the capture that answered.</summary>
    public static readonly HttpRequestOptionsKey<Capture> Answered = new("IngestPipeline.Archive.Answered");

    /// <summary>Set on the request's options (true) when the archive does not hold the URL; the answer is then a 404.</summary>
    public static readonly HttpRequestOptionsKey<bool> NotArchived = new("IngestPipeline.Archive.NotArchived");

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _ = archive;
        throw new NotSupportedException();
    }
}
