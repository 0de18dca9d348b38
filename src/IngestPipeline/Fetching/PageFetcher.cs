using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using IngestPipeline.Archive;

namespace IngestPipeline.Fetching;

/// <summary>
/// Fetches one address through the HTTP pipeline: redirects followed by hand, bodies decoded within bounds. What stands behind the
/// handler, the live web or an archive, makes no difference here.
/// </summary>
public sealed class PageFetcher(HttpMessageHandler handler) : IDisposable
{
    /// <summary>RFC 9110 asks for a bound on redirects; five is what polite crawlers use.</summary>
    public const int MaxRedirects = 5;

    /// <summary>The most bytes of a page that are used; a longer one is cut and marked.</summary>
    public const int MaxPageBytes = 5 * 1024 * 1024;

    /// <summary>The most bytes of a feed that are used.</summary>
    public const int MaxFeedBytes = 15 * 1024 * 1024;

    private readonly HttpMessageInvoker _http = new(handler, disposeHandler: false);

    /// <summary>Fetches an address as it stood at a time (replay) or now (live).</summary>
    /// <param name="url">An absolute http or https address, or the invented address of an archived file.</param>
    /// <param name="asOf">The time of the poll that named it; null for the first capture, or live.</param>
    /// <param name="maxBytes">The cap in decoded bytes.</param>
    /// <param name="cancellation">Stops the fetch.</param>
    public async Task<FetchResult> FetchAsync(Uri url, DateTimeOffset? asOf, int maxBytes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(url);
        var at = url;
        for (var hops = 0; ; hops++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, at);
            request.Options.Set(ArchiveHandler.AsOf, asOf);
            HttpResponseMessage? answer;
            string? failure = null;
            try
            {
                answer = await _http.SendAsync(request, cancellation).ConfigureAwait(false);
            }
            catch (HttpRequestException e)
            {
                (answer, failure) = (null, "the fetch failed: " + e.HttpRequestError);
            }
            catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
            {
                (answer, failure) = (null, "the fetch failed: no answer in time");
            }

            using var response = answer;
            if (response is null)
                return Refused(failure!, request.Options.TryGetValue(ArchiveHandler.Answered, out var failed) ? failed : null);
            if (request.Options.TryGetValue(ArchiveHandler.NotArchived, out var absent) && absent)
                return new() { Status = FetchStatus.NotArchived, Reason = hops == 0 ? "the archive does not hold it" : "the archive does not hold the page that it redirects to" };

            var capture = request.Options.TryGetValue(ArchiveHandler.Answered, out var answered) ? answered : null;
            if (Redirect(response, at) is { } next)
            {
                if (hops == MaxRedirects)
                    return Refused($"more than {MaxRedirects} redirects", capture);
                if (next.Scheme != Uri.UriSchemeHttp && next.Scheme != Uri.UriSchemeHttps)
                    return Refused("it redirects to an address that is not http or https", capture);
                at = next;
                continue;
            }

            return await ReadAsync(response, at, capture, maxBytes, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static async Task<FetchResult> ReadAsync(HttpResponseMessage response, Uri at, Capture? capture, int maxBytes, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        switch (status)
        {
            case 404 or 410:
                return new() { Status = FetchStatus.Gone, Reason = string.Create(CultureInfo.InvariantCulture, $"the server answered {status}"), Capture = capture, FinalUrl = at };
            case 401 or 402:
                return new() { Status = FetchStatus.Paywalled, Reason = string.Create(CultureInfo.InvariantCulture, $"the server answered {status}"), Capture = capture, FinalUrl = at };
            case < 200 or > 299:
                return Refused(string.Create(CultureInfo.InvariantCulture, $"the server answered {status}"), capture);
        }

        var raw = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        var encoding = Header(response.Content.Headers, "Content-Encoding");
        // Some servers name an encoding and send plain bytes, and some archives keep the header of a body that they decoded.
        var body = ContentDecoding.Decode(raw, ContentDecoding.IsClaimedWrongly(raw, encoding) ? null : encoding, new(maxBytes));
        if (body.Outcome == DecodingOutcome.Refused || (body.Bytes.IsEmpty && body.Outcome == DecodingOutcome.Damaged))
            return Refused(body.Reason ?? "the body cannot be decoded", capture);
        // Cut at the cap is a long page, and used; cut before it is a decompression bomb.
        if (body.Outcome == DecodingOutcome.TooLarge && body.Bytes.Length < maxBytes)
            return new() { Status = FetchStatus.TooLarge, Reason = body.Reason, Capture = capture, FinalUrl = at };

        return new()
        {
            Status = FetchStatus.Fetched,
            Body = body.Bytes,
            Truncated = body.Outcome != DecodingOutcome.Complete,
            ContentType = Header(response.Content.Headers, "Content-Type"),
            ContentLocation = Header(response.Content.Headers, "Content-Location"),
            ContentLanguage = Header(response.Content.Headers, "Content-Language"),
            FinalUrl = at,
            Capture = capture,
        };
    }

    private static FetchResult Refused(string reason, Capture? capture) => new() { Status = FetchStatus.Refused, Reason = reason, Capture = capture };

    private static Uri? Redirect(HttpResponseMessage response, Uri at)
    {
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
            return null;
        return response.Headers.NonValidated.TryGetValues("Location", out var values) && Uri.TryCreate(at, values.ToString(), out var next) ? next : null;
    }

    // Raw, because the typed properties throw or drop what servers misspell.
    private static string? Header(HttpContentHeaders headers, string name) => headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
