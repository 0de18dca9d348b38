using System.Collections.Concurrent;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Fetching.Robots;

/// <summary>
/// The robots.txt files of all origins, asked for at most once a day and kept in the store for all instances (RFC 9309 section 2.4). 4xx and too
/// many redirects mean that there is none; while a file cannot be had (5xx, network), what it said last holds for 30 days, and nothing is
/// fetched where it never said anything (section 2.3.1.4).
/// </summary>
/// <param name="fetcher">Fetches through everything but robots.txt itself.</param>
/// <param name="store">Where files are kept.</param>
/// <param name="time">The clock.</param>
internal sealed class RobotsCache(PageFetcher fetcher, IBlobStore store, TimeProvider time)
{
    private const int MostInMemory = 10_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(24);
    private static readonly TimeSpan TryAgain = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Stale = TimeSpan.FromDays(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, RobotsState> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _asking = new(StringComparer.Ordinal);

    /// <summary>What an address's robots.txt says, asked for now if it is not known.</summary>
    public async Task<RobotsAnswer> OfAsync(Uri url, CancellationToken cancellation)
    {
        var origin = url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped).ToLowerInvariant();
        var name = StoreNames.Robots(ArticleId.Of(origin));
        var now = time.GetUtcNow();
        if (_known.TryGetValue(origin, out var known) && now < known.Until)
            return Answer(known, wasAsked: false);

        var stored = await store.ReadAsync(name, cancellation).ConfigureAwait(false);
        known = stored is null ? null : RobotsState.From(stored.Content.Span, FetchOptions.ProductToken);
        if (known is not null && now < known.Until)
        {
            Keep(origin, known);
            return Answer(known, wasAsked: false);
        }

        // However many want a page of it: one asks.
        if (!_asking.TryAdd(origin, true))
            return new(null, new(FetchStatus.Deferred, "its robots.txt is being asked for") { NotBefore = now + LookAgain }, WasAsked: false);
        try
        {
            return _known.TryGetValue(origin, out var asked) && now < asked.Until
                ? Answer(asked, wasAsked: false)
                : await AskAsync(url, origin, name, known, stored, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _asking.TryRemove(origin, out _);
        }
    }

    private async Task<RobotsAnswer> AskAsync(Uri url, string origin, string name, RobotsState? before, StoredBlob? stored, CancellationToken cancellation)
    {
        var fetched = await fetcher.FetchAsync(new(new Uri(origin + "/robots.txt")) { MaxBytes = RobotsFile.MaxBytes + 1 }, cancellation).ConfigureAwait(false);
        if (fetched.Status == FetchStatus.Deferred)
            return new(null, new(FetchStatus.Deferred, fetched.Reason ?? "the host's next slot is not due") { NotBefore = fetched.NotBefore }, WasAsked: false);

        // The host itself may not be asked: that is no matter of its robots.txt.
        if (fetched.IsAddressRefusal && fetched.FinalUrl?.Authority == url.Authority)
            return new(null, FetchVerdict.Refusal(fetched.Reason ?? "the address is not a public one"), WasAsked: false);

        var known = Read(origin, before, fetched, time.GetUtcNow());
        // Another instance may have read it meanwhile: either reading will do.
        await store.SwapAsync(name, known.ToJson(), stored?.ETag, cancellation).ConfigureAwait(false);
        Keep(origin, known);
        return Answer(known, wasAsked: true);
    }

    private static RobotsState Read(string origin, RobotsState? before, FetchResult fetched, DateTimeOffset now)
    {
        if (fetched.Status == FetchStatus.Fetched)
            return new(origin, FetchOptions.ProductToken, now, now + Fresh, RobotsFile.Parse(fetched.Body.Span, FetchOptions.ProductToken), null);
        if (fetched.Status is FetchStatus.Gone or FetchStatus.Paywalled or FetchStatus.Refused && fetched.StatusCode is >= 300 and < 500)
            return new(origin, FetchOptions.ProductToken, now, now + Fresh, RobotsRules.AllowAll, null);

        var again = fetched.RetryAfter is { } asked && asked > TryAgain ? asked : TryAgain;
        var keeps = before is { Rules: not null, Read: { } read } && now - read < Stale;
        return new(
            origin, FetchOptions.ProductToken, keeps ? before!.Read : null, now + again, keeps ? before!.Rules : null, fetched.Reason ?? "it cannot be read");
    }

    private static RobotsAnswer Answer(RobotsState state, bool wasAsked) => state.Rules is { } rules
        ? new(rules, null, wasAsked)
        : new(null, new(FetchStatus.Unavailable, $"robots.txt cannot be had, so nothing is fetched: {state.Fault}") { NotBefore = state.Until }, wasAsked);

    private void Keep(string origin, RobotsState state)
    {
        if (_known.Count >= MostInMemory)
            _known.Clear();
        _known[origin] = state;
    }
}
