using System.Buffers;
using IngestPipeline.Archive.Index;

namespace IngestPipeline.Archive;

/// <summary>The records of one logical fetch: every hop, every attempt, in order. Not safe for concurrent use.</summary>
/// <param name="options">How records are written.</param>
/// <param name="asked">The address that the fetch was for; what answers for another one, where redirects lead, is marked with it. Null = nothing is
/// marked.</param>
public sealed class CaptureSession(WarcWriterOptions options, Uri? asked = null)
{
    /// <summary>The header field of a record that answers for an address to which another one redirected: that other one.</summary>
    internal const string ViaField = "Ingest-Via";

    private readonly byte[]? _asked = asked is null ? null : UrlKey.Of(asked.AbsoluteUri, out _);
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly List<(string Url, RevisitOf Payload)> _payloads = [];
    private (string Url, DateTimeOffset Date, string Kind, string Detail)? _failure;

    /// <summary>The date of the last record; null when there is none.</summary>
    public DateTimeOffset? Date { get; private set; }

    /// <summary>The address of the last record; null when there is none.</summary>
    public string? Url { get; private set; }

    /// <summary>Payloads that later visits may refer to, once the records are kept.</summary>
    internal IReadOnlyList<(string Url, RevisitOf Payload)> Payloads => _payloads;

    /// <summary>The records so far, as a WARC file.</summary>
    public ReadOnlyMemory<byte> ToWarc()
    {
        WriteFailure(FetchOutcome.KindField);
        return _bytes.WrittenMemory;
    }

    internal WarcPlace Write(WarcEntry entry)
    {
        WriteFailure(FetchOutcome.KindField);
        if (options.Bodies)
            return Append(entry);
        // That something was asked is plain from its answer.
        return entry.Type == "request" ? new("", 0, 0, null) : Append(AnswerFacts.Of(entry));
    }

    /// <summary>An attempt that got no answer; it is written once it is known whether it was made again.</summary>
    internal void Fail(string url, DateTimeOffset date, string kind, string detail)
    {
        WriteFailure(FetchOutcome.KindField);
        _failure = (url, date, kind, detail);
    }

    /// <summary>The last attempt is made again at once: what it met is noted, and is no outcome of its own.</summary>
    internal void Retry() => WriteFailure(FetchOutcome.RetriedField);

    internal void Offer(string url, RevisitOf payload)
    {
        // What was not kept cannot be referred to.
        if (options.Bodies)
            _payloads.Add((url, payload));
    }

    private void WriteFailure(string field)
    {
        if (_failure is not { } failure)
            return;
        _failure = null;
        Append(WarcEntry.Metadata(failure.Url, failure.Date, new(field, failure.Kind), new(FetchOutcome.DetailField, failure.Detail)));
    }

    private WarcPlace Append(WarcEntry entry)
    {
        (Date, Url) = (entry.Date, entry.TargetUri ?? Url);
        if (_asked is not null && entry is { Type: not "request", TargetUri: { } uri } && !UrlKey.Of(uri, out _).AsSpan().SequenceEqual(_asked))
            entry = entry with { Fields = [.. entry.Fields, new(ViaField, asked!.AbsoluteUri)] };
        using var record = new MemoryStream();
        var place = new WarcWriter(record, options).Write(entry);
        _bytes.Write(record.GetBuffer().AsSpan(0, (int)record.Length));
        return place;
    }
}
