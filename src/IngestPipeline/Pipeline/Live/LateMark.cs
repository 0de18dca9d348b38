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
    /// <summary>Writes the mark; the same entry gives the same name, and what stands there first stays.</summary>
    public async Task WriteAsync(IBlobStore store, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(Feed, UriKind.Absolute, out var url))
            return;
        await CaptureMark.Late.WriteAsync(
            store,
            Polled,
            url,
            EntryRules.Hash(Feed, Entry),
            json =>
            {
                json.WriteString("polled", RecordJson.Time(Polled));
                json.WriteString("feed", Feed);
                json.WriteString("entry", Entry);
                json.WriteString("after", RecordJson.Time(After));
            },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>The mark in a JSON text; null when it is another's, or cannot be read.</summary>
    public static LateMark? Of(string json) =>
        CaptureMark.Late.Read<LateMark>(json, mark => RecordJson.Time(RecordJson.Text(mark, "polled")) is { } polled
            && RecordJson.Time(RecordJson.Text(mark, "after")) is { } after
            && RecordJson.Text(mark, "feed") is { } feed
            && RecordJson.Text(mark, "entry") is { } entry
            ? new(polled, feed, entry, after)
            : null);
}
