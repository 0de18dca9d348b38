using System.Text.Json;
using IngestPipeline.Archive.Bytes;
using IngestPipeline.Archive.Folders;
using IngestPipeline.Archive.Index;

namespace IngestPipeline.Archive;

/// <summary>Reads a capture's bytes from where the index says they are.</summary>
/// <param name="index">Where they are.</param>
/// <param name="options">Limits.</param>
/// <param name="inflated">The copies of files that are read inflated.</param>
/// <param name="open">Opens a file at an offset; null = files of this machine.</param>
internal sealed class CaptureReader(
    CaptureIndex index, WebArchiveOptions options, IReadOnlyDictionary<string, string> inflated, Func<string, long, Stream>? open = null)
    : IDisposable
{
    private const int MostReferences = 4;
    private static readonly string[] TransferFields = ["Transfer-Encoding", "Content-Length", "Connection", "Keep-Alive", "Trailer"];

    private readonly ArchiveFiles _files = new();

    /// <summary>Reads a capture's answer.</summary>
    /// <param name="capture">Which.</param>
    /// <param name="bodies">What its body is read into.</param>
    public ArchivedResponse Read(Capture capture, RentedBodies bodies) => Read(capture, bodies, 0);

    /// <summary>Closes the files that are held open.</summary>
    public void Dispose() => _files.Dispose();

    private ArchivedResponse Read(Capture capture, RentedBodies bodies, int depth)
    {
        try
        {
            if (capture.Kind == CaptureKind.File)
                return ReadFile(capture);

            return (inflated.TryGetValue(capture.File, out var copy) && capture.InnerOffset > 0 ? Read(capture, copy, bodies, depth) : null)
                ?? Read(capture, null, bodies, depth)
                ?? throw Changed(capture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArchiveException($"{capture.File} cannot be read any more: {e.Message}", e);
        }
    }

    // In a copy that was inflated, or where it lies; null where it is not.
    private ArchivedResponse? Read(Capture capture, string? copy, RentedBodies bodies, int depth)
    {
        using var reader = Open(capture, copy, new FaultList(most: 0));
        if (reader.RecordAt(copy is null ? capture.InnerOffset : 0) is not { } record || !string.Equals(record.TargetUri, capture.Url, StringComparison.Ordinal))
            return null;

        var block = record.ReadBlock(options.MaxBodyBytes, bodies);
        if (capture.IsUnread && !reader.EndsWell(record))
            Tell(capture);
        var cut = record.ContentLength > block.Length ? $"only {block.Length} of {record.ContentLength} bytes are there"
            : record.Field("WARC-Truncated") is { } why ? $"cut when it was captured ({why})"
            : record.Field("WARC-Segment-Number") == "1" ? "the first segment of a longer record" : null;
        return capture.Kind switch
        {
            CaptureKind.Failure => Failure(capture, block),
            CaptureKind.Resource or CaptureKind.Conversion => new(WithDigest(capture, block), 200, ContentType(record.ContentType), block, cut) { IsCut = cut is not null },
            _ => Message(capture, block, cut, bodies, depth),
        };
    }

    // What a scan tells of what it reads to its end.
    private void Tell(Capture capture)
    {
        var faults = new FaultList(options.MaxFaults);
        using var reader = Open(capture, null, faults);
        foreach (var record in reader.Records())
        {
            if (record.Offset != capture.Offset)
                break;
        }

        index.AddDamage(capture.Number, faults.Faults);
    }

    private static Capture WithDigest(Capture capture, ReadOnlyMemory<byte> payload) =>
        capture.IsUnread ? capture with { PayloadSha256 = Capture.Sha256(payload.Span) } : capture;

    private WarcReader Open(Capture capture, string? copy, FaultList faults)
    {
        var offset = copy is null ? capture.Offset : capture.Position;
        var stream = copy is not null || open is null ? _files.Open(copy ?? capture.File, offset) : open(capture.File, offset);
        return new(new InputWindow(stream, offset), capture.File, faults);
    }

    private ArchivedResponse Message(Capture capture, ReadOnlyMemory<byte> block, string? cut, RentedBodies bodies, int depth)
    {
        var message = HttpMessageParts.Parse(block);
        var refers = capture.Kind == CaptureKind.Revisit || message?.Status == 304;
        if (!refers)
        {
            return message is null
                ? throw Changed(capture)
                : new(WithDigest(capture, message.Body), capture.Status, Described(message.Headers, message.Body), message.Body, cut ?? message.Fault) { IsCut = cut is not null };
        }

        var original = capture.RefersTo >= 0 && depth < MostReferences ? index.Get(capture.RefersTo) : null;
        if (original is null)
        {
            return Without(capture, "a revisit of a payload that is not in the archive") with
            {
                Headers = message?.Headers ?? [],
                IsNotModified = message?.Status == 304,
            };
        }

        // The payload's own coding and type hold for it; everything else is as it was at this visit.
        var payload = Read(original, bodies, depth + 1);
        var own = (message?.Headers ?? []).Where(h => !IsContentField(h.Key) && !IsTransferField(h.Key));
        return payload with
        {
            Capture = capture with { PayloadSha256 = capture.PayloadSha256 ?? payload.Capture.PayloadSha256 },
            Headers = [.. own, .. payload.Headers.Where(h => IsContentField(h.Key) || message is null)],
            IsNotModified = capture.Status == 304,
        };
    }

    private ArchivedResponse ReadFile(Capture capture)
    {
        var (body, fault) = PageFile.Read(capture.File, options.MaxBodyBytes);
        IReadOnlyList<KeyValuePair<string, string>> headers = capture.HeadersJson is null ? [] : Told(capture.HeadersJson);
        if (HttpMessageParts.First(headers, "Content-Type") is null)
            headers = [.. headers, .. ContentType(capture.MediaType)];
        return new(capture, capture.Status, Described(headers, body), body, fault);
    }

    private static List<KeyValuePair<string, string>> Told(string json)
    {
        using var document = JsonDocument.Parse(json);
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            var values = property.Value.ValueKind == JsonValueKind.Array ? property.Value.EnumerateArray().ToArray() : [property.Value];
            foreach (var value in values)
                headers.Add(new(property.Name, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()));
        }

        return headers;
    }

    /// <summary>Leaves out what described the transfer, and a content coding that the body plainly does not have.</summary>
    private static IReadOnlyList<KeyValuePair<string, string>> Described(IReadOnlyList<KeyValuePair<string, string>> headers, ReadOnlyMemory<byte> body)
    {
        var decoded = HttpMessageParts.First(headers, "Content-Encoding") is { } claimed && ContentDecoding.Actual(body, claimed) is null;
        return [.. headers.Where(h => !IsTransferField(h.Key) && !(decoded && h.Key.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)))];
    }

    private static bool IsTransferField(string name) => TransferFields.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool IsContentField(string name) => name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);

    private static KeyValuePair<string, string>[] ContentType(string? type) => type is null ? [] : [new("Content-Type", type)];

    private static ArchivedResponse Failure(Capture capture, ReadOnlyMemory<byte> block)
    {
        var (kind, detail) = FetchOutcome.Read(block);
        return Without(capture, detail) with { FailureKind = kind };
    }

    // A capture that is left out for it would be missing without a word.
    private static ArchiveException Changed(Capture capture) =>
        new(FormattableString.Invariant(
            $"{capture.File}: the record at byte {capture.Offset} is no longer what it was. The archive changed while it was read: run again when it is whole"));

    private static ArchivedResponse Without(Capture capture, string fault) => new(capture, capture.Status, [], default, fault) { HasContent = false };
}
