using IngestPipeline.Feeds;
using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Hosting;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>Accepts the entries of one captured poll, then remembers them.</summary>
internal sealed class PollAcceptance(
    IBlobStore store, EntryAcceptance entries, LiveOptions options, PipelineOptions pipeline, TimeProvider time, IngestMetrics metrics)
{
    /// <param name="settings">The user's settings of the feed.</param>
    /// <param name="document">The id under which the document's entries are remembered: the feed's, or an earlier document's own.</param>
    /// <param name="feed">The document, by the address that answered.</param>
    /// <param name="polled">The date of its capture.</param>
    /// <param name="read">The document as read.</param>
    /// <param name="state">The feed's state.</param>
    /// <param name="cancellation">Stops between two effects.</param>
    public async Task<AcceptedPoll> AcceptAsync(
        FeedSettings settings, string document, ArticleFeed feed, DateTimeOffset polled, FeedReadResult read, FeedState state, CancellationToken cancellation)
    {
        // A sitemap index names sitemaps, not articles.
        if (read.Format == FeedFormat.SitemapIndex)
            return new([], null);
        var name = StoreNames.FeedEntries(document);
        var stored = await store.ReadAsync(name, cancellation).ConfigureAwait(false);
        var book = stored is null ? FeedEntries.Empty : FeedEntries.Read(stored.Content.Span);
        // Accepted and remembered by a worker that died before it saved the feed's state. A count from the future is a clock's mistake, and ends nothing but
        // itself.
        if (book.Counted == polled || (book.Counted > polled && book.Counted <= time.GetUtcNow()))
            return new([], book.LastGap);

        var known = book.Known.ToDictionary(k => k.Key, k => k.Value, StringComparer.Ordinal);
        var met = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var counts = new Dictionary<EntryDisposition, int>();
        var arrivals = new List<DateTimeOffset>();
        feed = feed.With(settings);
        var filter = new FeedFilter(settings);
        var spread = new FetchSpread(options, settings, state, time.GetUtcNow());
        foreach (var (ended, candidate) in EntryRules.Read([.. read.Entries.Where(filter.Takes)], pipeline.FeedTextLength))
        {
            var disposition = ended;
            if (candidate is not null)
            {
                disposition =
                    await TakeAsync(candidate, feed, settings.HasCap ? settings.Id : null, polled, known, asked, spread, cancellation).ConfigureAwait(false);
                if (disposition is EntryDisposition.New or EntryDisposition.Revised && candidate.Url is { } url)
                    asked.Add(url.Id);
                var isSaid = known.TryGetValue(candidate.Key, out var said) && said == candidate.Hash;
                Meet(candidate.Key, candidate.Hash);
                if (candidate.Place is { } place && (isSaid ? known.GetValueOrDefault(place) : candidate.Says) is { } says)
                    Meet(place, says);
            }

            counts[disposition] = counts.GetValueOrDefault(disposition) + 1;
            metrics.Entry(disposition);
            if (disposition is EntryDisposition.New or EntryDisposition.Revised)
                arrivals.Add(candidate!.Entry.Published ?? polled);
        }

        var isOpen = state.History is { UntilKnown: true } || state.IsOpen(book.LastGap);
        book = book.Showing(polled, Shown(read), isOpen).After(polled, [.. met], counts, options.MaxEntries);
        await store.SwapAsync(name, book.ToJson(), stored?.ETag, cancellation).ConfigureAwait(false);
        return new(arrivals, book.LastGap);

        void Meet(string key, string hash)
        {
            known[key] = hash;
            met.Remove(key);
            met[key] = hash;
        }
    }

    /// <summary>The entries that were met of a document.</summary>
    /// <param name="document">The id under which they are remembered.</param>
    /// <param name="cancellation">Stops it.</param>
    public async Task<FeedEntries> EntriesAsync(string document, CancellationToken cancellation) =>
        await store.ReadAsync(StoreNames.FeedEntries(document), cancellation).ConfigureAwait(false) is { } stored
            ? FeedEntries.Read(stored.Content.Span)
            : FeedEntries.Empty;

    /// <summary>True when an earlier document shows an entry that the feed had shown before its latest gap.</summary>
    public bool ClosesGap(FeedEntries feed, FeedReadResult read) => Shown(read).Any(e => feed.BeforeGap.Contains(e.Key, StringComparer.Ordinal));

    private List<ShownEntry> Shown(FeedReadResult read) =>
        [.. EntryRules.Read(read.Entries, pipeline.FeedTextLength)
            .Select(e => e.Candidate)
            .OfType<EntryCandidate>()
            .Select(c => new ShownEntry(c.Key, c.Entry.Published))];

    private async Task<EntryDisposition> TakeAsync(
        EntryCandidate candidate, ArticleFeed feed, string? cappedFeed, DateTimeOffset polled, Dictionary<string, string> known, HashSet<string> asked,
        FetchSpread spread,
        CancellationToken cancellation)
    {
        var isKnown = known.TryGetValue(candidate.Key, out var before);
        if (isKnown && before == candidate.Hash)
            return EntryDisposition.Seen;
        // A further entry about an address that this feed has named: its page is asked for again, once a poll, however many of its entries are new.
        var isFurther = !isKnown
            && candidate is { Place: { } place, Url: { } url }
            && known.TryGetValue(place, out var said)
            && said != candidate.Says
            && !asked.Contains(url.Id);
        return await entries.AcceptAsync(candidate, isKnown || isFurther, feed, cappedFeed, polled, time.GetUtcNow(), spread.Next(candidate.Url), cancellation)
            .ConfigureAwait(false);
    }
}
