using System.Text;
using System.Text.Json;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Archive;

/// <summary>
/// A kind of mark: a record by which a live run says in its capture what its captures alone do not. JSON in a metadata record that has a blob of its own.
/// </summary>
internal sealed class CaptureMark
{
    /// <summary>A page was asked for again although nothing named it anew.</summary>
    public static readonly CaptureMark Recheck = new("recheck");

    /// <summary>An entry was taken up late.</summary>
    public static readonly CaptureMark Late = new("late");

    /// <summary>What the sites had taught when a day began.</summary>
    public static readonly CaptureMark Learned = new("learned");

    private const string ContentType = "application/json";

    // Those that are about a page or a feed; what was learned is about none.
    private static readonly CaptureMark[] OfAddresses = [Recheck, Late];

    private static readonly CaptureMark[] All = [.. OfAddresses, Learned];

    private readonly string _schema;
    private readonly byte[] _start;

    private CaptureMark(string kind)
    {
        (_schema, Ending) = ($"{kind}/1", $".{kind}{StoreNames.CaptureEnding}");
        _start = Encoding.UTF8.GetBytes($"{{\"schema\":\"{_schema}\"");
    }

    /// <summary>How the names of their blobs end.</summary>
    public string Ending { get; }

    /// <summary>True for the name of a mark's blob: it answers for no address.</summary>
    public static bool IsName(string name) => All.Any(m => name.EndsWith(m.Ending, StringComparison.Ordinal));

    /// <summary>The JSON of a mark about an address, from a metadata record; null when it is none.</summary>
    public static string? TryRead(string? contentType, ReadOnlySpan<byte> block)
    {
        if (contentType != ContentType)
            return null;
        foreach (var mark in OfAddresses)
        {
            if (block.StartsWith(mark._start))
                return Encoding.UTF8.GetString(block);
        }

        return null;
    }

    /// <summary>What a mark says; null when it is another's, or cannot be read.</summary>
    public T? Read<T>(string json, Func<JsonElement, T?> read)
        where T : class => StoreDamage.TryRead(Encoding.UTF8.GetBytes(json), _schema, read);

    /// <summary>Writes a mark about an address; the same place gives the same name, and what stands there first stays.</summary>
    /// <param name="store">The store.</param>
    /// <param name="at">When.</param>
    /// <param name="url">Which page or feed.</param>
    /// <param name="hash">What tells it from others of that time.</param>
    /// <param name="fields">Writes what it says, behind its schema.</param>
    /// <param name="cancellation">Stops before the write.</param>
    public Task WriteAsync(
        IBlobStore store, DateTimeOffset at, Uri url, string hash, Action<Utf8JsonWriter> fields, CancellationToken cancellation)
    {
        var json = RecordJson.Object(j =>
        {
            j.WriteString("schema", _schema);
            fields(j);
        });
        return WriteAsync(store, StoreNames.Capture(at, hash, Ending), Record(at, url.AbsoluteUri, json), cancellation);
    }

    /// <summary>Writes a mark's record as a blob.</summary>
    public static async Task WriteAsync(IBlobStore store, string name, WarcEntry record, CancellationToken cancellation)
    {
        using var warc = new MemoryStream();
        new WarcWriter(warc, new()).Write(record);
        await store.CreateAsync(name, warc.ToArray(), cancellation).ConfigureAwait(false);
    }

    /// <summary>The record of a mark.</summary>
    public static WarcEntry Record(DateTimeOffset at, string uri, ReadOnlyMemory<byte> json) =>
        new("metadata", at, json) { TargetUri = uri, ContentType = ContentType };
}
