using IngestPipeline.Archive;
using IngestPipeline.Storage;

namespace IngestPipeline.Fetching.Hosts;

/// <summary>Holds requests to the pace of their hosts: claims a slot, waits for it if it is near, and gives it back with what was learned.</summary>
internal sealed class HostGateHandler(HostGate gate, FetchOptions options, TimeProvider time) : DelegatingHandler
{
    /// <summary>Request option: the gap that the host's robots.txt asks for.</summary>
    public static readonly HttpRequestOptionsKey<TimeSpan> CrawlDelay = new("IngestPipeline.Fetching.CrawlDelay");

    /// <summary>Request option: the gap that the host is to be given, for whoever asks it more than once in one slot.</summary>
    public static readonly HttpRequestOptionsKey<TimeSpan> Gap = new("IngestPipeline.Fetching.Gap");

    // A server that says "too many" without saying for how long.
    private static readonly TimeSpan TooMany = TimeSpan.FromMinutes(1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var gap = GapOf(request);
        request.Options.Set(Gap, gap);
        var host = HostGate.HostOf(request.RequestUri!);
        // What was begun is brought to its end: a redirect that had to be asked anew each time would never be followed.
        var slot = FetchContext.Of(request) is { IsBegun: true }
            ? await gate.WaitAsync(host, gap, gap + gap + options.TotalDeadline, cancellationToken).ConfigureAwait(false)
            : await gate.ClaimAsync(host, gap, options.MaxWait, cancellationToken).ConfigureAwait(false);
        if (slot.Holder is null)
            return Defer(request, slot.Waiting ?? "the host's next slot is not due", slot.Start, time.GetUtcNow());

        var outcome = new HostOutcome(null);
        try
        {
            var wait = slot.Start - time.GetUtcNow();
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            outcome = Outcome(request, response);
            return response;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            outcome = new(true);
            throw;
        }
        finally
        {
            await ReleaseAsync(slot, outcome).ConfigureAwait(false);
        }
    }

    /// <summary>Puts a request off: no attempt, and nothing to record, unless it is a part that is asked for now or not at all.</summary>
    public static HttpResponseMessage Defer(HttpRequestMessage request, string reason, DateTimeOffset? notBefore, DateTimeOffset now)
    {
        if (FetchContext.Of(request) is not { IsPart: true })
            return new FetchVerdict(FetchStatus.Deferred, reason) { NotBefore = notBefore }.Answer(request);
        CaptureHandler.RecordFailure(request, now, FetchOutcome.HostBusy, reason);
        return new FetchVerdict(FetchStatus.Unavailable, reason).Answer(request);
    }

    private TimeSpan GapOf(HttpRequestMessage request)
    {
        var asked = request.Options.TryGetValue(CrawlDelay, out var delay) ? delay : TimeSpan.Zero;
        return asked > options.MaxCrawlDelay ? options.MaxCrawlDelay : asked > options.HostGap ? asked : options.HostGap;
    }

    private HostOutcome Outcome(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (FetchVerdict.Of(request) is { } verdict)
            return new(verdict.Status == FetchStatus.Unavailable ? true : null);
        var status = (int)response.StatusCode;
        var asked = status is 429 or 503 ? ResponseFields.RetryAfter(response, time.GetUtcNow()) ?? (status == 429 ? TooMany : null) : null;
        return new(status is 408 or 425 or 429 or >= 500 and <= 599, asked);
    }

    private async Task ReleaseAsync(HostSlot slot, HostOutcome outcome)
    {
        try
        {
            await gate.ReleaseAsync(slot, outcome, CancellationToken.None).ConfigureAwait(false);
        }
        catch (StorageException)
        {
            // The claim runs out by itself; the answer is worth more than the slot.
        }
    }
}
