using IngestPipeline.Archive;
using IngestPipeline.Fetching;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Pages;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>The answers to pages' requests: one that was captured already, at or after the request was made, else the web's, within its feed's cap.</summary>
internal sealed class PageAnswers(LiveStore store, FeedCaps caps, ArticleIngest ingest, LiveOptions options, TimeProvider time, IngestMetrics metrics)
{
    private readonly CaptureLookup _captures = new(store.Root, options.TemporaryFolder);

    /// <summary>Reads a page for a request.</summary>
    /// <param name="state">The article.</param>
    /// <param name="head">Its request.</param>
    /// <param name="unaccounted">Since when an earlier worker may have captured an answer that nobody accounted for; null for never.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<PageReading> ReadAsync(ArticleState state, PendingRequest head, DateTimeOffset? unaccounted, CancellationToken cancellation)
    {
        var url = head.Request.Fetch!;
        var known = state.Attempts.FirstOrDefault(a => !a.IsTransient && a.Captured >= head.AsOf && a.Url == url.AbsoluteUri)?.Captured;
        if ((known ?? unaccounted) is { } from)
        {
            from = from > head.AsOf ? from : head.AsOf;
            var span = await _captures.OpenAsync(from, known ?? time.GetUtcNow(), cancellation).ConfigureAwait(false);
            if (span is not null)
            {
                await using (span.ConfigureAwait(false))
                {
                    var captured = await ingest.Over(span.Fetcher).ReadAsync(head.Request with { AsOf = from }, cancellation).ConfigureAwait(false);
                    // An archive falls back to the nearest before; here that is somebody else's.
                    if (captured.Fetched.Status != FetchStatus.NotArchived && captured.Fetched.Captured >= from)
                        return captured;
                }
            }
        }

        var capped = head.Request.CappedFeed;
        if (await caps.TakeAsync(capped, state.Id, cancellation).ConfigureAwait(false) is { } nextDay)
            return new(new() { Status = FetchStatus.Deferred, Reason = "its feed's cap for the day is reached", NotBefore = nextDay });
        var taken = time.GetUtcNow();
        if (head.Kind == RequestKind.Recheck)
            await RecheckMark.WriteAsync(store.Root, head.Request, cancellation).ConfigureAwait(false);
        var meter = new FetchMeter();
        var reading = await ingest.Until(state.ClaimedAt!.Value + options.Keep, meter).ReadAsync(head.Request, cancellation).ConfigureAwait(false);
        await caps.SettleAsync(capped, state.Id, taken, meter, cancellation).ConfigureAwait(false);
        metrics.Fetch(reading.Fetched.Status, isFeed: false, reading.Fetched.Body.Length);
        return reading;
    }
}
