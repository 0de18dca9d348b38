using IngestPipeline.Feeds.Lists;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Fetching;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// The daily caps of feeds, held across workers: a page is counted before it is asked for, and what it took besides when its answer is here. The count
/// of one whose worker died stays.
/// </summary>
internal sealed class FeedCaps(IBlobStore store, LiveFeeds feeds, TimeProvider time)
{
    private const int Tries = 50;

    private readonly FeedStates _polls = new(store);

    /// <summary>What a feed's pages took; null when nothing is known.</summary>
    public static async Task<PageUsage?> ReadAsync(IBlobStore store, string feedId, CancellationToken cancellation) =>
        await store.ReadAsync(StoreNames.FeedUsage(feedId), cancellation).ConfigureAwait(false) is { } blob ? PageUsage.Read(blob.Content.Span) : null;

    /// <summary>Counts one page about to be asked for.</summary>
    /// <param name="feedId">The feed; null = none that has a cap.</param>
    /// <param name="article">The article, which nobody else works on.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Null when it may be asked for, else the end of the UTC day: the cap is reached.</returns>
    public async Task<DateTimeOffset?> TakeAsync(string? feedId, string article, CancellationToken cancellation)
    {
        // Without a cap any more, or not followed any more: what was accepted is still fetched.
        if (feedId is null || await FeedAsync(feedId, cancellation).ConfigureAwait(false) is not { HasCap: true } feed)
            return null;
        var polls = (await _polls.ReadAsync(feedId, cancellation).ConfigureAwait(false)).State ?? FeedState.Of(feed);
        var now = time.GetUtcNow();
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var isSpent = false;
        await ChangeAsync(
            feedId,
            before =>
            {
                isSpent = (polls with { Pages = before }).IsSpent(feed, now);
                var usage = before ?? new(day, 0, 0);
                return isSpent ? usage with { HeldTo = day.AddDays(1) } : usage.Add(day, 1, 0, article);
            },
            cancellation).ConfigureAwait(false);
        return isSpent ? FeedState.NextDay(now) : null;
    }

    /// <summary>Counts what the page that was counted as one request took in the end.</summary>
    public async Task SettleAsync(string? feedId, string article, DateTimeOffset taken, FetchMeter meter, CancellationToken cancellation)
    {
        if (feedId is null || (meter.Requests == 1 && meter.Bytes == 0) || await FeedAsync(feedId, cancellation).ConfigureAwait(false) is not { HasCap: true })
            return;
        var day = DateOnly.FromDateTime(taken.UtcDateTime);
        // Another day has begun to be counted: what began before midnight is let be.
        await ChangeAsync(
            feedId, before => before is null || before.Day > day ? null : before.Add(day, meter.Requests - 1, meter.Bytes, article),
            cancellation).ConfigureAwait(false);
    }

    private async Task<FeedSettings?> FeedAsync(string feedId, CancellationToken cancellation) =>
        (await feeds.ReadAsync(cancellation).ConfigureAwait(false)).GetValueOrDefault(feedId);

    private async Task ChangeAsync(string feedId, Func<PageUsage?, PageUsage?> change, CancellationToken cancellation)
    {
        var name = StoreNames.FeedUsage(feedId);
        for (var left = Tries; ; left--)
        {
            var stored = await store.ReadAsync(name, cancellation).ConfigureAwait(false);
            var before = stored is null ? null : PageUsage.Read(stored.Content.Span);
            if (change(before) is not { } after || after == before)
                return;
            if ((await store.SwapAsync(name, after.ToJson(), stored?.ETag, cancellation).ConfigureAwait(false)).Written)
                return;
            if (left == 0)
                throw new StorageException($"{store.Location}: {name} keeps changing. The article's message comes again.");
        }
    }
}
