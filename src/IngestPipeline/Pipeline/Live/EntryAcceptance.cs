using IngestPipeline.Pipeline.Forgetting;
using IngestPipeline.Queues;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// Turns a feed's entry into accepted work: the article's ledger first, then its marker, then its message. Doing it twice changes nothing, so that
/// a poll whose worker died is accepted again.
/// </summary>
internal sealed class EntryAcceptance(
    IBlobStore store, ArticleStates states, DueMarkers pending, IWorkQueue articles, ArticleIngest ingest, LiveOptions options)
{
    /// <param name="candidate">The entry.</param>
    /// <param name="isRevised">Its feed said something else under the same key before.</param>
    /// <param name="feed">The feed, by the address that answered.</param>
    /// <param name="cappedFeed">The id of the list's feed where it has a daily cap; null = it has none.</param>
    /// <param name="polled">The date of the poll's capture.</param>
    /// <param name="now">The time.</param>
    /// <param name="delay">How long its message waits.</param>
    /// <param name="cancellation">Stops between two effects.</param>
    /// <returns>New, Seen, Revised, or Forgotten.</returns>
    public async Task<EntryDisposition> AcceptAsync(
        EntryCandidate candidate, bool isRevised, ArticleFeed feed, string? cappedFeed, DateTimeOffset polled, DateTimeOffset now, TimeSpan delay,
        CancellationToken cancellation)
    {
        var request = candidate.Request(feed, polled) with { CappedFeed = cappedFeed };
        var hash = candidate.RequestHash;
        var id = request.Url?.Id ?? await ContentIdAsync(request, hash, cancellation).ConfigureAwait(false);
        if (await Tombstones.HoldAsync(store, id, cancellation).ConfigureAwait(false))
            return EntryDisposition.Forgotten;
        var ended = EntryDisposition.Seen;
        DateTimeOffset? namedAt = null;
        var state = await states.ChangeAsync(
            id,
            before =>
            {
                namedAt = null;
                ended = isRevised ? EntryDisposition.Revised : EntryDisposition.New;
                if (before is null)
                    return Accept(new() { Id = id }, hash, request, now + delay);
                // Accepted already, by a worker that died before it could say so.
                if (before.Knows(polled, feed.Url, hash))
                    return null;
                if (isRevised || request.Url is null)
                    return Accept(before, hash, request, now + delay);

                ended = EntryDisposition.Seen;
                if (before.IsUntouched)
                    return IsEarlier(polled, feed.Url, before.Pending[0]) ? before.NamedBy(hash, request) : null;
                namedAt = before.NamedAfter(polled, feed.Url);
                return null;
            },
            cancellation).ConfigureAwait(false);

        // A replay would give the page to this feed.
        if (namedAt is { } after)
            await new LateMark(polled, feed.Url, hash, after).WriteAsync(store, cancellation).ConfigureAwait(false);

        // Nobody has touched it: it may be listed nowhere, where its worker died and its poll is not found again, as after a jump of the clock.
        if (state is { Marker: { } marker } && (ended != EntryDisposition.Seen || state.IsUntouched))
            await pending.CreateAsync(marker, cancellation).ConfigureAwait(false);
        if (ended != EntryDisposition.Seen && state is { Marker: not null })
        {
            await articles.SendAsync(
                MessageJson.Write(new ArticleMessage(MessageJson.Version, id, Hosting.TraceContext.Current)), delay, cancellation).ConfigureAwait(false);
        }

        return ended;
    }

    private ArticleState Accept(ArticleState state, string hash, ArticleRequest request, DateTimeOffset due)
    {
        var next = state.With(RequestKind.Feed, hash, request);
        return next.Listed(due, options.Overdue);
    }

    // A replay takes polls in the order of their captures, then of their addresses.
    private static bool IsEarlier(DateTimeOffset polled, string feedUrl, PendingRequest named) =>
        polled < named.AsOf || (polled == named.AsOf && string.CompareOrdinal(feedUrl, named.FeedUrl) < 0);

    // An entry without a page is identified by its content, as its article will be.
    private async Task<string> ContentIdAsync(ArticleRequest request, string hash, CancellationToken cancellation) =>
        (await ingest.ProcessAsync(request, cancellation).ConfigureAwait(false)).Article?.Id ?? ArticleId.Of(request.Feed?.Url + "\n" + hash);
}
