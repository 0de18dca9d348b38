using System.Net;
using IngestPipeline.Fetching;

namespace IngestPipeline.Archive;

/// <summary>
/// Answers HTTP requests from a <see cref="WebArchive"/> instead of the network. Bodies keep the content encoding they were captured with, so
/// that what lies above decodes exactly as live. A conditional request whose capture is a 304 gets a 304; an unconditional one gets the content.
/// A URL that the archive does not hold is a 404 marked <see cref="NotArchived"/>, never an exception.
/// </summary>
/// <param name="archive">Not owned: disposed by its opener.</param>
/// <param name="failsAgain">
/// True: a fetch that was recorded as failed ends as it did live; false: it is answered as not archived, with the failure in <see cref="Fault"/>.
/// </param>
/// <param name="ownOnly">True: what was captured for another address that redirected to the one asked for does not answer.</param>
public sealed class ArchiveHandler(WebArchive archive, bool failsAgain = false, bool ownOnly = false) : HttpMessageHandler
{
    /// <summary>Request option: the time of the poll that named the URL; absent or null = the URL's first capture.</summary>
    public static readonly HttpRequestOptionsKey<DateTimeOffset?> AsOf = new("IngestPipeline.Archive.AsOf");

    /// <summary>Request option: captures within this time after <see cref="AsOf"/> come before all others; absent or null = no such bound.</summary>
    public static readonly HttpRequestOptionsKey<TimeSpan?> Within = new("IngestPipeline.Archive.Within");

    /// <summary>Request option: the address whose redirect led to this one; absent or null = it is asked for itself.</summary>
    public static readonly HttpRequestOptionsKey<Uri?> Via = new("IngestPipeline.Archive.Via");

    /// <summary>Request option: what bodies are read into; absent or null = memory of their own.</summary>
    internal static readonly HttpRequestOptionsKey<RentedBodies?> Bodies = new("IngestPipeline.Archive.Bodies");

    /// <summary>Set on the request's options: the capture that answered.</summary>
    public static readonly HttpRequestOptionsKey<Capture> Answered = new("IngestPipeline.Archive.Answered");

    /// <summary>
    /// Set on the request's options (true) when the archive does not hold the URL, or holds a revisit of something that it does not hold;
    /// the answer is then a 404.
    /// </summary>
    public static readonly HttpRequestOptionsKey<bool> NotArchived = new("IngestPipeline.Archive.NotArchived");

    /// <summary>Set on the request's options: why the archived answer is incomplete, in one line.</summary>
    public static readonly HttpRequestOptionsKey<string> Fault = new("IngestPipeline.Archive.Fault");

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var url = request.RequestUri ?? throw new InvalidOperationException("The request has no URL.");
        var capture = archive.Find(
            url,
            request.Options.TryGetValue(AsOf, out var asOf) ? asOf : null,
            request.Options.TryGetValue(Within, out var within) ? within : null,
            request.Options.TryGetValue(Via, out var via) ? via : null,
            ownOnly);
        if (capture is null)
            return Absent(request);

        var archived = await archive.ReadIntoAsync(BodiesOf(request) ?? new(), capture, cancellationToken).ConfigureAwait(false);
        request.Options.Set(Answered, archived.Capture);
        if (archived.Fault is { } fault)
            request.Options.Set(Fault, fault);
        request.Options.Set(CaptureHandler.Cut, archived.IsCut);
        if (failsAgain && archived.FailureKind is { } kind)
            return FailAgain(request, kind, archived.Fault ?? kind);
        if (archived.IsNotModified && IsConditional(request))
            return Response(request, HttpStatusCode.NotModified, archived with { Body = default });
        return archived.HasContent ? Response(request, (HttpStatusCode)archived.Status, archived) : Absent(request);
    }

    /// <summary>What a request's bodies are read into; null where nobody gives it back.</summary>
    internal static RentedBodies? BodiesOf(HttpRequestMessage request) => request.Options.TryGetValue(Bodies, out var bodies) ? bodies : null;

    private static HttpResponseMessage Absent(HttpRequestMessage request)
    {
        request.Options.Set(NotArchived, true);
        return new(HttpStatusCode.NotFound) { RequestMessage = request, ReasonPhrase = "Not archived", Content = new ByteArrayContent([]) };
    }

    private static HttpResponseMessage Response(HttpRequestMessage request, HttpStatusCode status, ArchivedResponse archived)
    {
        var response = new HttpResponseMessage(status) { RequestMessage = request, Content = new HeldContent(archived.Body) };
        foreach (var (name, value) in archived.Headers)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
                response.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    // Raw, because validators are opaque and often not what the typed properties take.
    private static bool IsConditional(HttpRequestMessage request) =>
        request.Headers.NonValidated.Contains("If-None-Match") || request.Headers.NonValidated.Contains("If-Modified-Since");

    private static HttpResponseMessage FailAgain(HttpRequestMessage request, string kind, string detail)
    {
        if (kind == FetchOutcome.Canceled)
            throw new TaskCanceledException(detail, new TimeoutException(detail));
        if (Enum.TryParse<HttpRequestError>(kind, out var error))
            throw new HttpRequestException(error, detail);
        return new FetchVerdict(FetchOutcome.StatusOf(kind), detail) { IsAddressRefusal = kind == FetchOutcome.AddressRefused }.Answer(request);
    }
}
