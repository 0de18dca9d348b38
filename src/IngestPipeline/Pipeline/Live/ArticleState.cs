using IngestPipeline.Records;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// The ledger of one article: what was asked for and how it ended, which texts were written, who works on it. Changed by compare-and-swap only;
/// each change below is a pure function, so that a change that lost a race is made again on what stands there now.
/// </summary>
internal sealed record ArticleState
{
    /// <summary>Ended requests that are kept in full; older ones are only counted.</summary>
    public const int MaxEnded = 16;

    private const int MaxAttempts = 16;
    private const int MaxRevisions = 500;

    /// <summary>The article's id.</summary>
    public required string Id { get; init; }

    /// <summary>How many requests were ever made.</summary>
    public int Requests { get; init; }

    /// <summary>Requests that have not ended, in the order in which they are worked on.</summary>
    public IReadOnlyList<PendingRequest> Pending { get; init; } = [];

    /// <summary>The latest requests that have ended, oldest first.</summary>
    public IReadOnlyList<EndedRequest> Ended { get; init; } = [];

    /// <summary>The texts that were written, oldest first.</summary>
    public IReadOnlyList<ArticleRevision> Revisions { get; init; } = [];

    /// <summary>The latest answers that were captured, oldest first.</summary>
    public IReadOnlyList<FetchAttempt> Attempts { get; init; } = [];

    /// <summary>When a worker claimed it; null when none has.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>The first claim that did not end in an account of what was done: what was captured since is looked for. Null = all is accounted for.</summary>
    public DateTimeOffset? WorkedSince { get; init; }

    /// <summary>When a message for it is due; later than that by a while it counts as lost, and is sent again.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How often in a row the host's turn had not come.</summary>
    public int Deferrals { get; init; }

    /// <summary>The marker under which the article is listed as pending; null when it is not.</summary>
    public string? Marker { get; init; }

    /// <summary>The marker under which it is listed to be looked at again; null when it is not.</summary>
    public string? RecheckMarker { get; init; }

    /// <summary>How many times it was looked at again.</summary>
    public int Rechecks { get; init; }

    /// <summary>What the next look goes by: the latest request of a feed, without its texts; null when its page is not looked at again.</summary>
    public ArticleRequest? RecheckOf { get; init; }

    /// <summary>What went wrong last, in one line; null = nothing.</summary>
    public string? Problem { get; init; }

    /// <summary>When the first text was captured.</summary>
    public DateTimeOffset? FirstSeen => Revisions.Count > 0 ? Revisions[0].Captured : null;

    /// <summary>True when a request like this was accepted before.</summary>
    public bool Knows(DateTimeOffset asOf, string feedUrl, string entryHash) =>
        Pending.Any(p => p.AsOf == asOf && p.FeedUrl == feedUrl && p.EntryHash == entryHash)
        || Ended.Any(e => e.AsOf == asOf && e.FeedUrl == feedUrl && e.EntryHash == entryHash);

    /// <summary>With one more request; requests are worked on in the order in which a replay takes them.</summary>
    public ArticleState With(RequestKind kind, string entryHash, ArticleRequest request)
    {
        var pending = new PendingRequest(Requests + 1, kind, entryHash, request);
        return this with { Requests = Requests + 1, Pending = Ordered([.. Pending, pending]) };
    }

    /// <summary>With the first pending request named by another feed that was polled earlier.</summary>
    public ArticleState NamedBy(string entryHash, ArticleRequest request) =>
        this with { Pending = Ordered([Pending[0] with { EntryHash = entryHash, Request = request }, .. Pending.Skip(1)]) };

    /// <summary>With a message due at a time, and listed as pending unless it is already.</summary>
    public ArticleState Listed(DateTimeOffset due, TimeSpan overdue) =>
        this with { DueAt = due, Marker = Marker ?? DueMarkers.Key(due + overdue, Id, Requests) };

    /// <summary>True when an earlier naming may still take the first request's place: nothing was asked or answered yet.</summary>
    public bool IsUntouched =>
        Ended.Count == 0 && Pending.Count > 0 && Pending[0] is { Number: 1, Kind: RequestKind.Feed } && Attempts.Count == 0 && ClaimedAt is null;

    /// <summary>The latest date of what ended although it comes behind a request in the order of a replay; null where nothing did.</summary>
    public DateTimeOffset? EndedBefore(PendingRequest request) =>
        Ended.Where(e => IsBehind(e.AsOf, e.FeedUrl, request.AsOf, request.FeedUrl)).Max(e => (DateTimeOffset?)e.AsOf);

    /// <summary>The date of the request that named it first, where all of them come behind a poll in the order of a replay; else null.</summary>
    public DateTimeOffset? NamedAfter(DateTimeOffset polled, string feedUrl)
    {
        IReadOnlyList<(DateTimeOffset AsOf, string FeedUrl)> known = [.. Ended.Select(e => (e.AsOf, e.FeedUrl)), .. Pending.Select(p => (p.AsOf, p.FeedUrl))];
        return known.Count > 0 && known.Count == Requests && known.All(k => IsBehind(k.AsOf, k.FeedUrl, polled, feedUrl)) ? known.Min(k => k.AsOf) : null;
    }

    /// <summary>With an answer that was captured.</summary>
    public ArticleState With(FetchAttempt attempt) =>
        Attempts.Contains(attempt) ? this : this with { Attempts = [.. Attempts.Append(attempt).TakeLast(MaxAttempts)] };

    /// <summary>With a request ended.</summary>
    public ArticleState End(PendingRequest request, Disposition disposition, string? reason) => this with
    {
        Pending = [.. Pending.Where(p => p.Number != request.Number)],
        Ended = [.. Ended.Append(new(request.Number, request.Kind, request.AsOf, request.FeedUrl, request.EntryHash, disposition, reason)).TakeLast(MaxEnded)],
        Problem = null,
    };

    /// <summary>Where a captured text stands among the known ones, by the rules that a replay's book has (<see cref="DecisionBook.Place"/>).</summary>
    public CapturePlace Place(DateTimeOffset captured, string contentHash, bool hasText)
    {
        if (Revisions.FirstOrDefault(r => r.Captured == captured && r.ContentHash == contentHash) is { } same)
            return new(same.Number, CaptureStanding.Unchanged);
        var latest = Revisions.Where(r => r.Captured <= captured).MaxBy(r => (r.Captured, r.Number));
        if (latest is not null && (latest.ContentHash == contentHash || (latest.HasText && !hasText)))
            return new(latest.Number, CaptureStanding.Unchanged);
        // Older than a text that is known, as after a clock that ran ahead: that one stands.
        var number = (latest?.Number ?? 0) + 1;
        return new(number, Revisions.Any(r => r.Number >= number) ? CaptureStanding.Unchanged : CaptureStanding.Fresh);
    }

    /// <summary>Without the texts that were written: they are not in the store any more. What was asked for and how it ended stays.</summary>
    public ArticleState WithoutTexts() => this with { Revisions = [], Attempts = [], RecheckOf = null, RecheckMarker = null, Rechecks = 0 };

    /// <summary>How many requests there were, and nothing else: what was pending has ended as forgotten.</summary>
    public ArticleState Forgotten() => new() { Id = Id, Requests = Requests };

    /// <summary>With a text written.</summary>
    public ArticleState With(ArticleRevision revision) => this with { Revisions = [.. Revisions.Append(revision).TakeLast(MaxRevisions)] };

    private static bool IsBehind(DateTimeOffset asOf, string feedUrl, DateTimeOffset other, string otherUrl) =>
        asOf > other || (asOf == other && string.CompareOrdinal(feedUrl, otherUrl) > 0);

    private static List<PendingRequest> Ordered(IEnumerable<PendingRequest> requests) =>
        [.. requests.OrderBy(r => r.AsOf).ThenBy(r => r.FeedUrl, StringComparer.Ordinal).ThenBy(r => r.Number)];
}
