using IngestPipeline.Feeds;

namespace IngestPipeline.Archive;

/// <summary>The beginning of a body, by which a scan tells feeds and pages.</summary>
internal static class BodyStart
{
    /// <summary>What it starts with once its content coding is off, as far as that is looked at.</summary>
    public static ReadOnlySpan<byte> Decoded(ReadOnlyMemory<byte> body, string? encoding)
    {
        var actual = string.IsNullOrWhiteSpace(encoding) && ContentDecoding.IsGzip(body) ? "gzip" : ContentDecoding.Actual(body, encoding);
        return ContentDecoding.Prefix(body, actual, FeedSniffer.PrefixLength);
    }

    /// <summary>True when a message that is only begun says all that its whole would.</summary>
    public static bool SaysEnough(HttpMessageParts message)
    {
        // Whether a body is in chunks is told by its first line; the end of the last one is missing.
        var isChunked = message.Header("Transfer-Encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true;
        return (!isChunked || message.Fault is not null || message.Body.Span.Contains((byte)'\n')) && SaysEnough(message.Body, message.Header("Content-Encoding"));
    }

    /// <inheritdoc cref="SaysEnough(HttpMessageParts)"/>
    public static bool SaysEnough(ReadOnlyMemory<byte> start, string? encoding) =>
        start.Length >= FeedSniffer.PrefixLength && start.Span.ContainsAnyExcept(" \t\r\n\uFEFF"u8)
        && Decoded(start, encoding).Length == FeedSniffer.PrefixLength;
}
