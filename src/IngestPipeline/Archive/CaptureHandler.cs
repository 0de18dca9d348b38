using System.Net;

namespace IngestPipeline.Archive;

/// <summary>
/// Records every attempt that passes through it: the request, and its response, or a revisit where the payload is that of the same URL's last one,
/// or a metadata record with the outcome where there was no answer. Set it innermost, so that each retry and each hop is an attempt of its
/// own, and without automatic decompression. Answers are buffered. Responses are written without their transfer coding.
/// </summary>
/// <param name="writer">Where to write; one attempt at a time is written.</param>
/// <param name="time">The clock that records are dated by: when the request was sent.</param>
/// <param name="options">Limits.</param>
public sealed class CaptureHandler(WarcWriter writer, TimeProvider time, CaptureOptions options) : DelegatingHandler
{
    /// <summary>Set on the request's options: how the attempt is found again.</summary>
    public static readonly HttpRequestOptionsKey<RawPointer> Recorded = new("IngestPipeline.Archive.Recorded");

    private readonly Lock _gate = new();
    private readonly Dictionary<string, RevisitOf> _latest = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var url = request.RequestUri?.AbsoluteUri ?? throw new InvalidOperationException("The request has no URL.");
        var date = time.GetUtcNow();
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var (body, isCut) = await ReadAsync(response, cancellationToken).ConfigureAwait(false);
            Record(request, response, url, date, body, isCut);
            Rewrap(response, body);
            return response;
        }
        catch (IOException e)
        {
            // A body that breaks off is one more way for a request to fail; a replay knows no difference either.
            var error = (e as HttpIOException)?.HttpRequestError ?? HttpRequestError.ResponseEnded;
            RecordFailure(request, url, date, error.ToString(), e.Message);
            throw new HttpRequestException(error, e.Message, e);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            RecordFailure(request, url, date, (e as HttpRequestException)?.HttpRequestError.ToString() ?? FetchOutcome.Canceled, e.Message);
            throw;
        }
    }

    private async Task<(byte[] Body, bool IsCut)> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var body = new MemoryStream();
            var buffer = new byte[16 * 1024];
            while (await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false) is > 0 and var read)
            {
                body.Write(buffer, 0, read);
                if (body.Length <= options.MaxBodyBytes)
                    continue;
                body.SetLength(options.MaxBodyBytes);
                return (body.ToArray(), true);
            }

            return (body.ToArray(), false);
        }
    }

    private static void Rewrap(HttpResponseMessage response, byte[] body)
    {
        var content = new ByteArrayContent(body);
        foreach (var (name, values) in response.Content.Headers.NonValidated)
        {
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                content.Headers.TryAddWithoutValidation(name, values);
        }

        response.Headers.TransferEncodingChunked = null;
        response.Content = content;
    }

    private void Record(HttpRequestMessage request, HttpResponseMessage response, string url, DateTimeOffset date, byte[] body, bool isCut)
    {
        var head = MessageHead.Of(response, body.Length);
        var digest = WarcWriter.Digest(body);
        var notModified = response.StatusCode == HttpStatusCode.NotModified;
        lock (_gate)
        {
            writer.Write(WarcEntry.Request(url, date, MessageHead.Of(request)));
            var earlier = _latest.GetValueOrDefault(url);
            if (notModified || (earlier is not null && earlier.PayloadDigest == digest && response.StatusCode == HttpStatusCode.OK))
            {
                writer.Write(WarcEntry.Revisit(url, date, head, earlier, notModified));
            }
            else
            {
                var entry = WarcEntry.Response(url, date, (byte[])[.. head, .. body]);
                var place = writer.Write(isCut ? entry with { Fields = [new("WARC-Truncated", "length")] } : entry);
                if (response.StatusCode == HttpStatusCode.OK)
                    Remember(url, new(place.RecordId, url, date, digest));
            }
        }

        request.Options.Set(Recorded, new(url, date, digest[(digest.IndexOf(':', StringComparison.Ordinal) + 1)..]));
    }

    private void RecordFailure(HttpRequestMessage request, string url, DateTimeOffset date, string kind, string detail)
    {
        lock (_gate)
        {
            writer.Write(WarcEntry.Request(url, date, MessageHead.Of(request)));
            writer.Write(WarcEntry.Metadata(url, date, new(FetchOutcome.KindField, kind), new(FetchOutcome.DetailField, detail)));
        }

        request.Options.Set(Recorded, new(url, date, null));
    }

    private void Remember(string url, RevisitOf payload)
    {
        if (!_latest.ContainsKey(url))
        {
            _order.Enqueue(url);
            if (_order.Count > options.RevisitMemory)
                _latest.Remove(_order.Dequeue());
        }

        _latest[url] = payload;
    }
}
