using System.Security.Cryptography;
using IngestPipeline.Archive.Bytes;
using IngestPipeline.Archive.Index;
using IngestPipeline.Pipeline.Learning;

namespace IngestPipeline.Archive;

/// <summary>Reads the records of a WARC file once and finds what answers for a URL.</summary>
/// <param name="put">Takes what was found, in the file's order.</param>
/// <param name="faults">Takes what could not be read.</param>
/// <param name="options">Limits.</param>
internal sealed class WarcScanner(Action<Scanned> put, FaultList faults, WebArchiveOptions options) : IDisposable
{
    /// <summary>Records further into a member than this are read from an inflated copy instead of inflating up to them each time.</summary>
    public const long FarInside = 4 << 20;

    private readonly RentedBodies _bodies = new();

    /// <summary>Scans a file from a place where a record begins.</summary>
    /// <param name="stream">The file, at that place; closed at the end.</param>
    /// <param name="file">The file, as it is named in captures and faults.</param>
    /// <param name="start">Where that place is.</param>
    /// <param name="end">Stops at the first record, or member with one, from here on.</param>
    /// <param name="frames">
    /// Finds the ends of members whose beginning says enough; when it doubts them, what was found does not count. Null = a compressed file is read whole.
    /// </param>
    /// <param name="cancellation">Ends the scan between two records.</param>
    public WarcScan Scan(Stream stream, string file, long start, long end, MemberFrames? frames, CancellationToken cancellation)
    {
        using var reader = new WarcReader(new InputWindow(stream, start), file, faults, isLight: !options.ReadsWhole, frames);
        long records = 0;
        long deepest = 0;
        foreach (var record in reader.Records())
        {
            // The block of the record before.
            _bodies.Dispose();
            cancellation.ThrowIfCancellationRequested();
            if (record.Offset >= end)
                return new(records, deepest > FarInside, record.Offset == end && record.InnerOffset == 0 ? record.Position : null);
            records++;
            if (LearnedMark.Is(record.Type, record.TargetUri))
            {
                if (LearnedMark.TryRead(Block(record).Span) is { } learned)
                    put(new(Learned: learned));
                else
                    faults.Add(file, record.Offset, "what a live run's sites had taught cannot be read, left out");
                continue;
            }

            if (record.TargetUri is not { } uri || !IsWeb(uri) || Entry(record, uri, file) is not { } entry)
                continue;
            if (!Uri.TryCreate(uri, UriKind.Absolute, out _))
            {
                faults.Add(file, record.Offset, "a record whose WARC-Target-URI is no URL, left out");
                continue;
            }

            deepest = Math.Max(deepest, record.InnerOffset);
            put(new(entry));
        }

        return new(records, deepest > FarInside, null);
    }

    /// <summary>Gives the last block's memory back.</summary>
    public void Dispose() => _bodies.Dispose();

    private static bool IsWeb(string uri) =>
        uri.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || uri.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private CaptureEntry? Entry(WarcRecord record, string uri, string file) => record.Type switch
    {
        "response" => Response(record, uri, file),
        "revisit" => Revisit(record, uri, file),
        "resource" => Document(record, uri, file, CaptureKind.Resource),
        "conversion" => Document(record, uri, file, CaptureKind.Conversion),
        "metadata" => Failure(record, uri, file),
        "continuation" => Continuation(record, file),
        _ => null,
    };

    private CaptureEntry? Failure(WarcRecord record, string uri, string file)
    {
        var block = Block(record);
        if (record.Date is { } date && CaptureMark.TryRead(record.ContentType, block.Span) is { } mark)
        {
            put(new(Mark: new(date, uri, mark)));
            return null;
        }

        return FetchOutcome.IsFailure(record.ContentType, block)
            ? new(At(record, uri, file, CaptureKind.Failure, 0, null)) { IsFinalFailure = FetchOutcome.IsFinal(FetchOutcome.Read(block).Kind) }
            : null;
    }

    private CaptureEntry? Continuation(WarcRecord record, string file)
    {
        faults.Add(file, record.Offset, "a segment of a longer record, not joined to it");
        return null;
    }

    private CaptureEntry? Response(WarcRecord record, string uri, string file)
    {
        var start = Start(record);
        var message = HttpMessageParts.Parse(start);
        var isWhole = IsAll(record, start);
        if (!isWhole && !(message is not null && (message.Status != 200 || Digest(record) is not null) && BodyStart.SaysEnough(message)))
        {
            message = HttpMessageParts.Parse(Block(record, start));
            isWhole = true;
        }

        if (message is null)
        {
            faults.Add(file, record.Offset, "a response without an HTTP status line, left out");
            return null;
        }

        var media = MediaTypes.Of(message.Header("Content-Type"));
        var entry = WithContent(At(record, uri, file, CaptureKind.Response, message.Status, media), message.Body, message.Header("Content-Encoding"), isWhole);
        return entry with
        {
            RecordId = record.RecordId,
            PayloadDigest = Digest(record) ?? (message.Status == 200 ? Sha1(message.Body.Span) : null),
            Target = message.Status == 304 ? new(null, null, null, null) : null,
        };
    }

    private CaptureEntry Revisit(WarcRecord record, string uri, string file)
    {
        var message = HttpMessageParts.Parse(Block(record));
        var notModified = record.Field("WARC-Profile")?.Contains("not-modified", StringComparison.OrdinalIgnoreCase) == true;
        var status = message?.Status ?? (notModified ? 304 : 200);
        return new(At(record, uri, file, CaptureKind.Revisit, status, null))
        {
            RecordId = record.RecordId,
            Target = new(
                record.Field("WARC-Refers-To"),
                WarcFields.WithoutBrackets(record.Field("WARC-Refers-To-Target-URI")),
                WarcDate.Parse(record.Field("WARC-Refers-To-Date")),
                Digest(record)),
        };
    }

    private CaptureEntry Document(WarcRecord record, string uri, string file, CaptureKind kind)
    {
        var block = Start(record);
        var isWhole = IsAll(record, block);
        if (!isWhole && !BodyStart.SaysEnough(block, encoding: null))
            (block, isWhole) = (Block(record, block), true);
        return WithContent(At(record, uri, file, kind, 200, MediaTypes.Of(record.ContentType)), block, encoding: null, isWhole) with
        {
            RecordId = record.RecordId,
            PayloadDigest = Digest(record) ?? WarcDigest.Normal(record.Field("WARC-Block-Digest")),
        };
    }

    private static CaptureEntry WithContent(Capture capture, ReadOnlyMemory<byte> body, string? encoding, bool isWhole)
    {
        if (isWhole)
            capture = capture with { PayloadSha256 = Capture.Sha256(body.Span) };
        // Whatever a poll takes for a feed is one: by any status of success, and of any type.
        if (capture.Status is < 200 or > 299 || body.IsEmpty)
            return new(capture);

        var prefix = BodyStart.Decoded(body, encoding);
        return MediaTypes.IsFeed(prefix)
            ? new(capture with { IsFeed = true })
            : new(capture) { IsPage = capture.Status == 200 && MediaTypes.IsPage(capture.MediaType, capture.Url, prefix) };
    }

    private static Capture At(WarcRecord record, string uri, string file, CaptureKind kind, int status, string? media) =>
        new(0, uri, record.Date, file, record.Offset, status, media, IsFeed: false, PayloadSha256: null)
        {
            Kind = kind,
            InnerOffset = record.InnerOffset,
            Position = record.Position,
            Via = record.Field(CaptureSession.ViaField),
        };

    // An empty digest field says nothing; a block too long to hash is found by its digest all the same.
    private static string? Digest(WarcRecord record) => record.Field("WARC-Payload-Digest") is { Length: > 0 } digest ? WarcDigest.Normal(digest) : null;

    // The algorithm of most revisits, where a writer left out what they refer by.
    private static string Sha1(ReadOnlySpan<byte> body)
    {
#pragma warning disable CA5350 // Other writers' digests, no secret.
        return "sha1:" + Convert.ToHexStringLower(SHA1.HashData(body));
#pragma warning restore CA5350
    }

    private ReadOnlyMemory<byte> Block(WarcRecord record, ReadOnlyMemory<byte> start = default) => record.ReadBlock(options.MaxBodyBytes, _bodies, start);

    private static bool IsAll(WarcRecord record, ReadOnlyMemory<byte> start) => !record.MayBePassed || start.Length == record.ContentLength;

    private ReadOnlyMemory<byte> Start(WarcRecord record) => record.MayBePassed ? record.ReadStart(_bodies) : Block(record);
}
