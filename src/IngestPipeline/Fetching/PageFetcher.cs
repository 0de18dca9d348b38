using System.Diagnostics;
using System.Net;
using IngestPipeline.Archive;
using IngestPipeline.Hosting;

namespace IngestPipeline.Fetching;

/// <summary>
/// Fetches one address through the HTTP pipeline: redirects followed by hand, bodies decoded within bounds. What stands behind the
/// handler, the live web or an archive, makes no difference here.
/// </summary>
public sealed class PageFetcher : IDisposable
{
    /// <summary>RFC 9110 asks for a bound on redirects; five is what polite crawlers use.</summary>
    public const int MaxRedirects = 5;

    /// <summary>The most bytes of a page that are used; a longer one is cut and marked.</summary>
    public const int MaxPageBytes = 5 * 1024 * 1024;

    /// <summary>The most bytes of a feed that are used.</summary>
    public const int MaxFeedBytes = 15 * 1024 * 1024;

    private readonly HttpMessageInvoker _http;
    private readonly LiveSetting? _live;
    private readonly RentedBodies? _bodies;

    /// <param name="handler">What answers; not owned.</param>
    public PageFetcher(HttpMessageHandler handler)
        : this(handler, null)
    {
    }

    internal PageFetcher(HttpMessageHandler handler, LiveSetting? live)
        : this(new HttpMessageInvoker(handler, disposeHandler: false), live)
    {
    }

    private PageFetcher(HttpMessageInvoker http, LiveSetting? live, RentedBodies? bodies = null) => (_http, _live, _bodies) = (http, live, bodies);

    /// <summary>
    /// The same for a worker whose claim on its work ends: a live fetch that is over only then is given up and captured nowhere, as what another worker
    /// does by then would not know of it. Such a fetch ends as <see cref="FetchStatus.Deferred"/>.
    /// </summary>
    /// <param name="end">When the claim ends.</param>
    /// <param name="meter">Counts what is asked for; null = nobody does.</param>
    internal PageFetcher Until(DateTimeOffset end, FetchMeter? meter = null) =>
        _live is null ? this : new(_http, _live with { KeepUntil = end, Meter = meter }, _bodies);

    /// <summary>The same, reading bodies of an archive into memory that is given back: a result's body is good until then.</summary>
    internal PageFetcher Into(RentedBodies bodies) => new(_http, _live, bodies);

    /// <summary>Fetches an address as it stood at a time (replay) or now (live).</summary>
    /// <param name="url">An absolute http or https address, or the invented address of an archived file.</param>
    /// <param name="asOf">The time of the poll that named it; null for the first capture, or live.</param>
    /// <param name="maxBytes">The cap in decoded bytes.</param>
    /// <param name="cancellation">Stops the fetch.</param>
    public Task<FetchResult> FetchAsync(Uri url, DateTimeOffset? asOf, int maxBytes, CancellationToken cancellation) =>
        FetchAsync(new(url) { AsOf = asOf, MaxBytes = maxBytes }, cancellation);

    /// <summary>Fetches an address. What was captured on the way is kept durably before this returns.</summary>
    /// <exception cref="Storage.StorageException">The store that captures and host states are kept in failed.</exception>
    public async Task<FetchResult> FetchAsync(FetchRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_live is null)
            return await FollowAsync(request, new(request, null, TimeSpan.Zero), cancellation).ConfigureAwait(false);

        using var activity = IngestMetrics.Activities.StartActivity("fetch", ActivityKind.Client);
        var session = _live.Captures is null ? null : new CaptureSession(new() { Bodies = _live.Options.KeepsRawPages }, request.Via ?? request.Url);
        var result = await FollowAsync(request, new(request, session, _live.Options.TotalDeadline), cancellation).ConfigureAwait(false);
        _live.Meter?.Count(result);
        if (session is not null && !await _live.Captures!.SaveAsync(session, _live.KeepUntil, cancellation).ConfigureAwait(false))
            return new() { Status = FetchStatus.Deferred, Reason = "the fetch took longer than its worker had", FinalUrl = request.Url };
        // Ids and words alone: an address may hold a secret.
        activity?.SetTag("ingest.of", request.TraceName)
            .SetTag("ingest.fetch.status", MetricWords.Of(result.Status))
            .SetTag("http.response.status_code", result.StatusCode);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<FetchResult> FollowAsync(FetchRequest request, FetchContext context, CancellationToken cancellation)
    {
        var chain = new RedirectChain(request.Url);
        var asOf = request.AsOf;
        for (var hops = 0; ; hops++)
        {
            using var message = RequestFields.Make(request, chain.At, chain.IsSameOrigin, _live?.Options.UserAgent);
            message.Options.Set(ArchiveHandler.AsOf, asOf);
            message.Options.Set(ArchiveHandler.Within, request.Within);
            message.Options.Set(ArchiveHandler.Via, hops == 0 ? request.Via : request.Via ?? request.Url);
            message.Options.Set(ArchiveHandler.Bodies, _bodies);
            message.Options.Set(FetchContext.Key, context);
            // One byte more tells a longer body from one that just fits.
            message.Options.Set(CaptureHandler.MaxBodyBytes, Math.Max(request.MaxBytes, request.MaxBytes + 1));
            if (context.Session is { } session)
                message.Options.Set(CaptureHandler.Session, session);

            var (answer, failure) = await SendAsync(message, cancellation).ConfigureAwait(false);
            using var response = answer;
            var result = Begin(message, chain);
            if (failure is not null)
                return result with { Status = failure.Status, Reason = failure.Reason };
            if (FetchVerdict.Of(message) is { } verdict)
                return result with { Status = verdict.Status, Reason = verdict.Reason, NotBefore = verdict.NotBefore, IsAddressRefusal = verdict.IsAddressRefusal };
            if (message.Options.TryGetValue(ArchiveHandler.NotArchived, out var absent) && absent)
                return new()
                {
                    Status = FetchStatus.NotArchived,
                    Reason = hops == 0 ? "the archive does not hold it" : "the archive does not hold the page that it redirects to"
                };

            result = result with { StatusCode = (int)response!.StatusCode };
            if (Location(response, chain.At) is not { } next)
                return await AnswerReader.ReadAsync(result, request, message, response, cancellation).ConfigureAwait(false);
            if (chain.Follow(next, response.StatusCode) is { } refusal)
                return result with { Status = FetchStatus.Refused, Reason = refusal };
            context.IsBegun = true;
            // Live, a hop is asked after the one before it; so it is looked up in an archive.
            if (asOf is not null && result.Capture?.Date is { } date)
                asOf = date;
        }
    }

    private async Task<(HttpResponseMessage? Answer, FetchVerdict? Failure)> SendAsync(HttpRequestMessage message, CancellationToken cancellation)
    {
        try
        {
            return (await _http.SendAsync(message, cancellation).ConfigureAwait(false), null);
        }
        catch (HttpRequestException e)
        {
            return (null, new(FetchOutcome.StatusOf(e.HttpRequestError.ToString()), FailureWords.Of(e.HttpRequestError)));
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, new(FetchStatus.Unavailable, FailureWords.NoAnswerInTime));
        }
    }

    // What is known of every outcome: where it came from.
    private static FetchResult Begin(HttpRequestMessage message, RedirectChain chain)
    {
        var capture = message.Options.TryGetValue(ArchiveHandler.Answered, out var answered) ? answered : null;
        var raw = capture is not null ? new RawPointer(capture.Url, capture.Date, capture.PayloadSha256)
            : message.Options.TryGetValue(CaptureHandler.Recorded, out var recorded) ? recorded : null;
        return new() { Status = FetchStatus.Refused, Capture = capture, Raw = raw, FinalUrl = chain.At, MovedTo = chain.MovedTo };
    }

    private static Uri? Location(HttpResponseMessage response, Uri at)
    {
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
            return null;
        return response.Headers.NonValidated.TryGetValues("Location", out var values) && Uri.TryCreate(at, values.ToString(), out var next) ? next : null;
    }
}
