using IngestPipeline.Archive.Bytes;

namespace IngestPipeline.Archive;

/// <summary>A record to write.</summary>
/// <param name="Type">WARC-Type.</param>
/// <param name="Date">WARC-Date; the caller's clock, never the writer's.</param>
/// <param name="Block">The block.</param>
public sealed record WarcEntry(string Type, DateTimeOffset Date, ReadOnlyMemory<byte> Block)
{
    /// <summary>WARC-Target-URI; null for a record about the file itself.</summary>
    public string? TargetUri { get; init; }

    /// <summary>The block's media type.</summary>
    public string? ContentType { get; init; }

    /// <summary>The payload within the block that WARC-Payload-Digest is made over; null = no such field.</summary>
    public ReadOnlyMemory<byte>? Payload { get; init; }

    /// <summary>WARC-Payload-Digest as written, where the payload itself is not in the block (a revisit).</summary>
    public string? PayloadDigest { get; init; }

    /// <summary>Further header fields, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    /// <summary>What wrote the file: the first record of an archive.</summary>
    public static WarcEntry Info(DateTimeOffset date, params ReadOnlySpan<KeyValuePair<string, string>> fields) =>
        new("warcinfo", date, WarcWriter.FieldBlock(fields)) { ContentType = "application/warc-fields" };

    /// <summary>An HTTP request as sent.</summary>
    public static WarcEntry Request(string uri, DateTimeOffset date, ReadOnlyMemory<byte> message) =>
        new("request", date, message) { TargetUri = uri, ContentType = "application/http; msgtype=request" };

    /// <summary>An HTTP response: the message from its status line on, the payload being its body.</summary>
    public static WarcEntry Response(string uri, DateTimeOffset date, ReadOnlyMemory<byte> message) =>
        new("response", date, message)
        {
            TargetUri = uri,
            ContentType = "application/http; msgtype=response",
            Payload = HttpMessageParts.Parse(message)?.Body,
        };

    /// <summary>A visit whose payload was that of an earlier record: the message's head only, and what it refers to.</summary>
    /// <param name="uri">The requested URL.</param>
    /// <param name="date">When.</param>
    /// <param name="head">Status line and headers, up to and with the empty line.</param>
    /// <param name="refersTo">Where and when the payload was recorded; null for a 304 whose original is not known.</param>
    /// <param name="notModified">True when the server said so (304); false when the payloads were compared.</param>
    public static WarcEntry Revisit(string uri, DateTimeOffset date, ReadOnlyMemory<byte> head, RevisitOf? refersTo, bool notModified) =>
        new("revisit", date, head)
        {
            TargetUri = uri,
            ContentType = "application/http; msgtype=response",
            PayloadDigest = refersTo?.PayloadDigest,
            Fields =
            [
                new("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/" + (notModified ? "server-not-modified" : "identical-payload-digest")),
                .. refersTo is null ? [] : (KeyValuePair<string, string>[])
                [
                    new("WARC-Refers-To", refersTo.RecordId),
                    new("WARC-Refers-To-Target-URI", refersTo.Uri),
                    new("WARC-Refers-To-Date", WarcDate.Format(refersTo.Date)),
                ],
            ],
        };

    /// <summary>Named facts about a URL, such as the outcome of a fetch that got no answer.</summary>
    public static WarcEntry Metadata(string uri, DateTimeOffset date, params ReadOnlySpan<KeyValuePair<string, string>> fields) =>
        new("metadata", date, WarcWriter.FieldBlock(fields)) { TargetUri = uri, ContentType = "application/warc-fields" };

    /// <summary>A document without an HTTP message.</summary>
    public static WarcEntry Resource(string uri, DateTimeOffset date, string contentType, ReadOnlyMemory<byte> document) =>
        new("resource", date, document) { TargetUri = uri, ContentType = contentType, Payload = document };
}
