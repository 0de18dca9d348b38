using System.Security.Cryptography;

namespace IngestPipeline.Archive;

/// <summary>One answer of the archived web: which URL, when, and where its bytes are. <see cref="WebArchive.ReadAsync"/> reads them.</summary>
/// <param name="Number">The capture's place in archive order, from 0; unique within one <see cref="WebArchive"/>.</param>
/// <param name="Url">The absolute URL as recorded, or <c>archive:///relative/path</c> for a file whose URL is unknown.</param>
/// <param name="Date">When it was captured (WARC-Date, UTC); null where nothing says so.</param>
/// <param name="File">The archive file that holds it, as it was found.</param>
/// <param name="Offset">Bytes from the start of the file to the record, or to the gzip member it lies in; 0 for a page file.</param>
/// <param name="Status">The HTTP status; 200 for what was recorded without one; 0 for a fetch that failed without an answer.</param>
/// <param name="MediaType">The media type in lower case without parameters; null where unknown.</param>
/// <param name="IsFeed">True when the content is a feed.</param>
/// <param name="PayloadSha256">
/// SHA-256 (lower-case hexadecimal) of the body after transfer decoding and before content decoding; of the payload a revisit refers to,
/// where that is in the archive; null for a fetch that failed, and for a body that was not read to its end yet: <see cref="ArchivedResponse.Capture"/> has it.
/// </param>
public sealed record Capture(
    long Number,
    string Url,
    DateTimeOffset? Date,
    string File,
    long Offset,
    int Status,
    string? MediaType,
    bool IsFeed,
    string? PayloadSha256)
{
    /// <summary>What kind of record holds it.</summary>
    public CaptureKind Kind { get; init; }

    /// <summary>True when its body is first read to its end when it is asked for.</summary>
    internal bool IsUnread => PayloadSha256 is null && Kind is CaptureKind.Response or CaptureKind.Resource or CaptureKind.Conversion;

    /// <summary>Decompressed bytes from the member at <see cref="Offset"/> to the record.</summary>
    internal long InnerOffset { get; init; }

    /// <summary>Decompressed bytes from the start of the file to the record.</summary>
    internal long Position { get; init; }

    /// <summary>The number of the capture whose payload this one has; −1 = its own, or not in the archive.</summary>
    internal long RefersTo { get; init; } = -1;

    /// <summary>
    /// The address whose redirect led here, where the record says so (<see cref="CaptureSession.ViaField"/>); null = it was asked for itself, or nobody knows.
    /// </summary>
    internal string? Via { get; init; }

    /// <summary>Header fields told beside a page file, as JSON; null = none.</summary>
    internal string? HeadersJson { get; init; }

    /// <summary>A payload's digest as <see cref="PayloadSha256"/> has it.</summary>
    internal static string Sha256(ReadOnlySpan<byte> payload) => Convert.ToHexStringLower(SHA256.HashData(payload));
}
