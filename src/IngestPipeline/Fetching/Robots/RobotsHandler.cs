using IngestPipeline.Archive;
using IngestPipeline.Fetching.Addresses;
using IngestPipeline.Fetching.Hosts;

namespace IngestPipeline.Fetching.Robots;

/// <summary>Asks robots.txt before anything else is asked, on every hop, and hands its Crawl-delay on.</summary>
internal sealed class RobotsHandler(RobotsCache robots, AddressGuard guard, TimeProvider time) : DelegatingHandler
{
    // A file's author decides how long a rule is, not how long a reason.
    private const int MostShown = 200;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri!;
        // What is refused anyway has no robots.txt to ask for.
        if (guard.Refusal(url) is not null)
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

        var answer = await robots.OfAsync(url, cancellationToken).ConfigureAwait(false);
        if (answer.WasAsked && FetchContext.Of(request) is { } context)
            context.IsBegun = true;
        if (answer.Verdict is { } verdict)
        {
            if (verdict.Status == FetchStatus.Deferred)
                return HostGateHandler.Defer(request, verdict.Reason, verdict.NotBefore, time.GetUtcNow());
            CaptureHandler.RecordFailure(
                request, time.GetUtcNow(), verdict.IsAddressRefusal ? FetchOutcome.AddressRefused : FetchOutcome.RobotsUnreachable, verdict.Reason);
            return verdict.Answer(request);
        }

        if (answer.Rules!.Deciding(url) is { Allow: false } rule)
        {
            var reason = "robots.txt disallows " + (rule.Pattern.Length <= MostShown ? rule.Pattern : rule.Pattern[..MostShown] + "…");
            CaptureHandler.RecordFailure(request, time.GetUtcNow(), FetchOutcome.Disallowed, reason);
            return new FetchVerdict(FetchStatus.Disallowed, reason).Answer(request);
        }

        if (answer.Rules.CrawlDelay is { } delay)
            request.Options.Set(HostGateHandler.CrawlDelay, delay);
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
