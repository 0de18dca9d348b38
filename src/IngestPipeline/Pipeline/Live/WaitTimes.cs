using System.Globalization;
using IngestPipeline.Fetching;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>How long an article's request waits before it is made again. Spread by the article and a count alone, so that a second run waits as long.</summary>
internal sealed class WaitTimes(LiveOptions options, TimeProvider time)
{
    /// <summary>
    /// How often a request has failed for the moment. One at least: the attempt that is being counted lies before its request where the clock was set back in
    /// between.
    /// </summary>
    public static int Failures(ArticleState state, PendingRequest head) =>
        Math.Max(1, state.Attempts.Count(a => a.IsTransient && a.Captured >= head.AsOf && a.Url == head.Request.Fetch!.AbsoluteUri));

    /// <summary>
    /// How long until a request that was deferred is tried again. Those that wait for one host come back at different times, the further apart the longer they
    /// have waited in vain.
    /// </summary>
    public TimeSpan Turn(ArticleState state, FetchResult fetched)
    {
        var turn = (fetched.NotBefore ?? time.GetUtcNow() + options.Spread) - time.GetUtcNow();
        var spread = options.Spread * (1 << Math.Min(state.Deferrals, 7)) * Share(state.Id, state.Deferrals);
        return (turn > TimeSpan.Zero ? turn : TimeSpan.Zero) + spread;
    }

    /// <summary>How long until a request that failed for the moment is made again: as long as the server asks, and longer with each failure.</summary>
    public TimeSpan Backoff(PendingRequest head, int failures, FetchResult fetched)
    {
        var wait = options.Backoff * (1 << Math.Min(failures - 1, 10)) * (1 + (Share(head.Request.Url?.Id ?? head.EntryHash, failures) / 4));
        var asked = fetched.RetryAfter ?? (fetched.NotBefore - time.GetUtcNow());
        return asked > wait ? asked.Value : wait;
    }

    // 0 to 1, from the article and the count alone.
    private static double Share(string id, int count) =>
        Convert.ToUInt32(EntryRules.Hash(id, count.ToString(CultureInfo.InvariantCulture))[..8], 16) / (double)uint.MaxValue;
}
