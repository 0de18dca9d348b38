namespace IngestPipeline.Archive;

/// <summary>Records every attempt that passes through it.</summary>
public sealed class CaptureHandler(WarcWriter writer, TimeProvider time, CaptureOptions options) : DelegatingHandler
{
    /// <summary>Set on the request's options: where the attempt was recorded.</summary>
    public static readonly HttpRequestOptionsKey<RawPointer> Recorded = new("IngestPipeline.Archive.Recorded");

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _ = (writer, time, options);
        throw new NotSupportedException();
    }
}
