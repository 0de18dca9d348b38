using System.Globalization;
using IngestPipeline.Archive;

namespace IngestPipeline.Fetching;

/// <summary>Makes a result of a server's last answer.</summary>
internal static class AnswerReader
{
    public static async Task<FetchResult> ReadAsync(
        FetchResult result, FetchRequest request, HttpRequestMessage message, HttpResponseMessage response, CancellationToken cancellation)
    {
        result = result with
        {
            ETag = ResponseFields.First(response.Headers.NonValidated, "ETag"),
            LastModified = ResponseFields.First(response.Content.Headers.NonValidated, "Last-Modified"),
            MaxAge = ResponseFields.MaxAge(response),
            Expires = ResponseFields.Expires(response),
        };
        var status = (int)response.StatusCode;
        if (Validators.Unchanged(message, response))
        {
            return result with
            {
                Status = FetchStatus.NotModified,
                Reason = status == 304 ? "the server answered 304" : "the validators are those of the last answer",
                // What was sent is not what it stands for.
                Raw = result.Raw is { } raw ? raw with { PayloadSha256 = null } : null,
            };
        }

        if (Failure(status) is { } failure)
        {
            return result with
            {
                Status = failure,
                Reason = string.Create(CultureInfo.InvariantCulture, $"the server answered {status}"),
                RetryAfter = failure == FetchStatus.Unavailable && result.Captured is { } captured ? ResponseFields.RetryAfter(response, captured) : null,
            };
        }

        var sent = await HeldContent.ReadAsync(response.Content, cancellation).ConfigureAwait(false);
        return Decoded(
            result with { Bytes = sent.Length }, request.MaxBytes, sent, response, ArchiveHandler.BodiesOf(message) ?? new(),
            message.Options.TryGetValue(CaptureHandler.Cut, out var cut) && cut);
    }

    private static FetchResult Decoded(
        FetchResult result, int maxBytes, ReadOnlyMemory<byte> raw, HttpResponseMessage response, RentedBodies bodies, bool isCut)
    {
        var fields = response.Content.Headers.NonValidated;
        var encoding = ResponseFields.First(fields, "Content-Encoding");
        var type = ResponseFields.First(fields, "Content-Type");
        // A page that nobody says is packed is one all the same; other files are what they are, and the feed reader unpacks them within bounds of its own.
        var packed = string.IsNullOrWhiteSpace(encoding) && ContentDecoding.IsGzip(raw) && MediaTypes.ClaimsPage(type);
        var body = ContentDecoding.DecodeInto(bodies, raw, packed ? "gzip" : ContentDecoding.Actual(raw, encoding), new(maxBytes));
        if (body.Outcome == DecodingOutcome.Refused || (body.Bytes.IsEmpty && body.Outcome == DecodingOutcome.Damaged))
            return result with { Status = FetchStatus.Refused, Reason = body.Reason ?? "the body cannot be decoded" };
        // Cut at the cap is a long page, and used; cut before it is a decompression bomb.
        if (body.Outcome == DecodingOutcome.TooLarge && body.Bytes.Length < maxBytes)
            return result with { Status = FetchStatus.TooLarge, Reason = body.Reason };

        return result with
        {
            Status = FetchStatus.Fetched,
            Body = body.Bytes,
            Truncated = isCut || body.Outcome != DecodingOutcome.Complete,
            ContentType = type,
            ContentLocation = ResponseFields.First(fields, "Content-Location"),
            ContentLanguage = ResponseFields.First(fields, "Content-Language"),
        };
    }

    private static FetchStatus? Failure(int status) => status switch
    {
        404 or 410 => FetchStatus.Gone,
        401 or 402 => FetchStatus.Paywalled,
        408 or 425 or 429 or >= 500 and <= 599 => FetchStatus.Unavailable,
        < 200 or > 299 => FetchStatus.Refused,
        _ => null,
    };
}
