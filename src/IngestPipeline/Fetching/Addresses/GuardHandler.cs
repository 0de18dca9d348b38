using IngestPipeline.Archive;

namespace IngestPipeline.Fetching.Addresses;

/// <summary>Refuses what may not be asked, by how its address is written, before anything behind it is troubled.</summary>
internal sealed class GuardHandler(AddressGuard guard, TimeProvider time) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (guard.Refusal(request.RequestUri!) is not { } refusal)
            return base.SendAsync(request, cancellationToken);
        CaptureHandler.RecordFailure(request, time.GetUtcNow(), FetchOutcome.AddressRefused, refusal);
        return Task.FromResult(FetchVerdict.Refusal(refusal).Answer(request));
    }
}
