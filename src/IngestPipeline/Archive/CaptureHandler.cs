using System.Net;
using IngestPipeline.Fetching;
using IngestPipeline.Fetching.Addresses;

namespace IngestPipeline.Archive;

/// <summary>
/// Records every attempt that passes through it into the request's <see cref="CaptureSession"/>: the request, and its response, or a revisit where
/// the payload is that of the same URL's last one, or a metadata record with the outcome where there was no answer. Set it innermost, so
/// that each retry and each hop is an attempt of its own, and without automatic decompression. Answers are buffered. Responses are written without
/// their transfer coding. Records are dated by when the answer was complete: what was accepted later was captured later.
/// </summary>
public sealed class CaptureHandler : DelegatingHandler
{
    /// <summary>Request option: where the attempt is recorded; without it nothing is.</summary>
    public static readonly HttpRequestOptionsKey<CaptureSession> Session = new("IngestPipeline.Archive.Session");

    /// <summary>Request option: names of header fields that are never recorded.</summary>
    public static readonly HttpRequestOptionsKey<IReadOnlyList<string>> SecretFields = new("IngestPipeline.Archive.SecretFields");

    /// <summary>Request option: the most bytes of the body, where that is less than <see cref="CaptureOptions.MaxBodyBytes"/>.</summary>
    public static readonly HttpRequestOptionsKey<int> MaxBodyBytes = new("IngestPipeline.Archive.MaxBodyBytes");

    /// <summary>Set on the request's options: how the attempt is found again.</summary>
    public static readonly HttpRequestOptionsKey<RawPointer> Recorded = new("IngestPipeline.Archive.Recorded");

    /// <summary>Set on the request's options (true), live and from an archive: the body is only the beginning of what was sent.</summary>
    internal static readonly HttpRequestOptionsKey<bool> Cut = new("IngestPipeline.Archive.Cut");

    private readonly TimeProvider _time;
    private readonly CaptureOptions _options;
    private readonly PayloadMemory _memory;

    /// <param name="time">The clock that records are dated by.</param>
    /// <param name="options">Limits.</param>
    public CaptureHandler(TimeProvider time, CaptureOptions options)
        : this(time, options, new PayloadMemory(options?.RevisitMemory ?? 0))
    {
    }

    internal CaptureHandler(TimeProvider time, CaptureOptions options, PayloadMemory memory)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(options);
        (_time, _options, _memory) = (time, options, memory);
    }

    /// <summary>Records an attempt that was decided without asking anyone.</summary>
    internal static void RecordFailure(HttpRequestMessage request, DateTimeOffset date, string kind, string detail)
    {
        var url = request.RequestUri!.AbsoluteUri;
        if (request.Options.TryGetValue(Session, out var session))
            session.Fail(url, date, kind, detail);
        request.Options.Set(Recorded, new(url, date, null));
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.RequestUri is null)
            throw new InvalidOperationException("The request has no URL.");
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (BodyLength.Contradiction(response) is { } contradiction)
                throw new BadAnswerException(FetchOutcome.BadAnswer, contradiction);
            var most = request.Options.TryGetValue(MaxBodyBytes, out var asked) ? Math.Min(asked, _options.MaxBodyBytes) : _options.MaxBodyBytes;
            var reader = new BoundedBody(most, _options.MinimumRate, _options.RateWindow, _time);
            var (body, isCut) = await reader.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
            request.Options.Set(Cut, isCut);
            Record(request, response, body, isCut);
            Rewrap(response, body);
            return response;
        }
        catch (BadAnswerException e)
        {
            Failed(request, e.Kind, e.Message);
            return new FetchVerdict(FetchOutcome.StatusOf(e.Kind), e.Message).Answer(request);
        }
        catch (IOException e)
        {
            // A body that breaks off is one more way for a request to fail; a replay knows no difference either.
            var error = (e as HttpIOException)?.HttpRequestError ?? HttpRequestError.ResponseEnded;
            Failed(request, error.ToString(), e.Message);
            throw new HttpRequestException(error, e.Message, e);
        }
        catch (HttpRequestException e) when (AddressRefusedException.In(e) is { } refused)
        {
            Failed(request, FetchOutcome.AddressRefused, refused.Message);
            return FetchVerdict.Refusal(refused.Message).Answer(request);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            Failed(request, (e as HttpRequestException)?.HttpRequestError.ToString() ?? FetchOutcome.Canceled, e.Message);
            throw;
        }
    }

    private static void Rewrap(HttpResponseMessage response, byte[] body)
    {
        var content = new HeldContent(body);
        foreach (var (name, values) in response.Content.Headers.NonValidated)
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                content.Headers.TryAddWithoutValidation(name, values);
        }

        response.Headers.TransferEncodingChunked = null;
        response.Content = content;
    }

    private void Record(HttpRequestMessage request, HttpResponseMessage response, byte[] body, bool isCut)
    {
        var url = request.RequestUri!.AbsoluteUri;
        var date = _time.GetUtcNow();
        var digest = WarcWriter.Digest(body);
        request.Options.Set(Recorded, new(url, date, digest[(digest.IndexOf(':', StringComparison.Ordinal) + 1)..]));
        if (!request.Options.TryGetValue(Session, out var session))
            return;

        var head = MessageHead.Of(response, body.Length);
        session.Write(WarcEntry.Request(url, date, MessageHead.Of(request, Secrets(request))));
        var earlier = _memory.Of(url) is { } known && !(date - known.Date > _options.RevisitAge) ? known : null;
        // What the caller takes as unchanged is recorded so: a replay then reads what the caller went on using.
        var unchanged = Validators.Unchanged(request, response);
        if (unchanged || (earlier is not null && earlier.PayloadDigest == digest && response.StatusCode == HttpStatusCode.OK))
        {
            session.Write(WarcEntry.Revisit(url, date, head, earlier, unchanged));
            return;
        }

        var entry = WarcEntry.Response(url, date, (byte[])[.. head, .. body]);
        var place = session.Write(isCut ? entry with { Fields = [new("WARC-Truncated", "length")] } : entry);
        if (response.StatusCode == HttpStatusCode.OK)
            session.Offer(url, new(place.RecordId, url, date, digest));
    }

    private void Failed(HttpRequestMessage request, string kind, string detail)
    {
        var date = _time.GetUtcNow();
        if (request.Options.TryGetValue(Session, out var session))
            session.Write(WarcEntry.Request(request.RequestUri!.AbsoluteUri, date, MessageHead.Of(request, Secrets(request))));
        RecordFailure(request, date, kind, detail);
    }

    private static IReadOnlyList<string> Secrets(HttpRequestMessage request) => request.Options.TryGetValue(SecretFields, out var names) ? names : [];
}
