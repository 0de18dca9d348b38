using IngestPipeline.Feeds;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Hosting;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>Accepts the entries of one captured poll, then remembers them.</summary>
internal sealed class PollAcceptance(IBlobStore store, EntryAcceptance entries, LiveOptions options, PipelineOptions pipeline, TimeProvider time, IngestMetrics metrics)
{
    /// <returns>A time for each entry that was new or revised.</returns>
    public async Task<IReadOnlyList<DateTimeOffset>> AcceptAsync(
        FeedSettings settings, ArticleFeed feed, DateTimeOffset polled, FeedReadResult document, FeedState state, CancellationToken cancellation)
    {
        // A sitemap index names sitemaps, not articles.
        if (document.Format == FeedFormat.SitemapIndex)
            return [];
        var name = StoreNames.FeedEntries(settings.Id);
        var stored = await store.ReadAsync(name, cancellation).ConfigureAwait(false);
        var book = stored is null ? FeedEntries.Empty : FeedEntries.Read(stored.Content.Span);
        // Accepted and remembered by a worker that died before it saved the feed's state.
        if (book.Counted >= polled)
            return [];

        var known = book.Known.ToDictionary(k => k.Key, k => k.Value, StringComparer.Ordinal);
        var met = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        var counts = new Dictionary<EntryDisposition, int>();
        var arrivals = new List<DateTimeOffset>();
        feed = feed.With(settings);
        var filter = new FeedFilter(settings);
        var spread = new FetchSpread(options, settings, state, time.GetUtcNow());
        foreach (var (ended, candidate) in EntryRules.Read([.. document.Entries.Where(filter.Takes)], pipeline.FeedTextLength))
        {
            var disposition = ended;
            if (candidate is not null)
            {
                disposition = await TakeAsync(candidate, feed, polled, known, spread, cancellation).ConfigureAwait(false);
                known[candidate.Key] = candidate.Hash;
                met.Remove(candidate.Key);
                met[candidate.Key] = candidate.Hash;
            }

            counts[disposition] = counts.GetValueOrDefault(disposition) + 1;
            metrics.Entry(disposition);
            if (disposition is EntryDisposition.New or EntryDisposition.Revised)
                arrivals.Add(candidate!.Entry.Published ?? polled);
        }

        var json = book.After(polled, [.. met], counts, options.MaxEntries).ToJson();
        if (stored is null)
            await store.CreateAsync(name, json, cancellation).ConfigureAwait(false);
        else
            await store.ReplaceAsync(name, json, stored.ETag, cancellation).ConfigureAwait(false);
        return arrivals;
    }

    private async Task<EntryDisposition> TakeAsync(
        EntryCandidate candidate, ArticleFeed feed, DateTimeOffset polled, Dictionary<string, string> known, FetchSpread spread, CancellationToken cancellation)
    {
        var isKnown = known.TryGetValue(candidate.Key, out var before);
        if (isKnown && before == candidate.Hash)
            return EntryDisposition.Seen;
        return await entries.AcceptAsync(candidate, isKnown, feed, polled, time.GetUtcNow(), spread.Next(candidate.Url), cancellation).ConfigureAwait(false);
    }
}
