using System.Globalization;
using System.Text;
using System.Text.Json;
using IngestPipeline.Archive;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// The record in the capture that says that an entry was taken up when a request of a later date had been worked on already: its poll's worker had
/// died, or stood still. A replay, which sees the dates of captures only, takes the entry in that place, too.
/// </summary>
/// <param name="Polled">The date of the capture of the entry's poll.</param>
/// <param name="Feed">The feed that showed it.</param>
/// <param name="Entry">What it said, hashed (<see cref="PendingRequest.EntryHash"/>).</param>
/// <param name="After">The date of the request that came before it.</param>
internal sealed record LateMark(DateTimeOffset Polled, string Feed, string Entry, DateTimeOffset After)
{
    private const string Schema = "late/1";

    /// <summary>How the names of marks end.</summary>
    public const string Ending = ".late.warc.gz";

    /// <summary>Writes the mark; the same entry gives the same name, and what stands there first stays.</summary>
    public async Task WriteAsync(IBlobStore store, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(Feed, UriKind.Absolute, out var url))
            return;
        var json = RecordJson.Object(j =>
        {
            j.WriteString("schema", Schema);
            j.WriteString("polled", RecordJson.Time(Polled));
            j.WriteString("feed", Feed);
            j.WriteString("entry", Entry);
            j.WriteString("after", RecordJson.Time(After));
        });
        using var warc = new MemoryStream();
        new WarcWriter(warc, new()).Write(new WarcEntry("metadata", Polled, json) { TargetUri = url.AbsoluteUri, ContentType = RecheckMark.ContentType });
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{StoreNames.Captures}{StoreNames.Day(Polled)}/{Polled.UtcDateTime:HHmmssfffffff}-{EntryRules.Hash(Feed, Entry)[..16]}{Ending}");
        await store.CreateAsync(name, warc.ToArray(), cancellation).ConfigureAwait(false);
    }

    /// <summary>The JSON of a mark, from a metadata record; null when it is none.</summary>
    public static string? TryRead(string? contentType, ReadOnlySpan<byte> block) =>
        contentType == RecheckMark.ContentType && block.StartsWith("{\"schema\":\"late/1\""u8) ? Encoding.UTF8.GetString(block) : null;

    /// <summary>The mark in a JSON text; null when it is another's, or cannot be read.</summary>
    public static LateMark? Of(string json)
    {
        try
        {
            var mark = JsonElement.Parse(json);
            return RecordJson.Text(mark, "schema") == Schema
                && RecordJson.Time(RecordJson.Text(mark, "polled")) is { } polled
                && RecordJson.Time(RecordJson.Text(mark, "after")) is { } after
                && RecordJson.Text(mark, "feed") is { } feed
                && RecordJson.Text(mark, "entry") is { } entry
                ? new(polled, feed, entry, after)
                : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
