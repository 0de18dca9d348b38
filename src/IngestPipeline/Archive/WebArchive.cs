using IngestPipeline.Archive.Folders;
using IngestPipeline.Archive.Index;
using IngestPipeline.Storage;

namespace IngestPipeline.Archive;

/// <summary>
/// A set of archive files or folders, seen as the web at the time it was captured. It is scanned once; the index of URLs lies in a temporary
/// file that is deleted on dispose, so that memory does not grow with the archive. Reading and finding are safe for concurrent use.
/// </summary>
/// <remarks>
/// <para>A path is a WARC file, a feed or page file, or a folder holding any of them. WARC files and feeds are told by content.</para>
/// <para>
/// A folder's files with the extensions .xml, .json, .rss, .atom, .html, .htm and .txt (each also .gz), and others that start like HTML or a
/// feed, are captures without a date. Their URL, by the first of these that gives one:
/// </para>
/// <list type="number">
/// <item>A line of <c>captures.jsonl</c> in a folder above: <c>{"file", "url", "date"?, "status"?, "contentType"?, "headers"?}</c>.</item>
/// <item>A mirrored path whose first folder looks like a host: <c>example.org/2026/a.html</c> is <c>https://example.org/2026/a.html</c>, and
/// <c>index.html</c> is its folder's URL.</item>
/// <item>A page's own <c>rel=canonical</c>, else <c>og:url</c>, absolute and in its head; a feed's own self link. Several files that name one
/// URL: none of them gets it.</item>
/// <item>An invented address, <c>archive:///relative/path</c>.</item>
/// </list>
/// <para>
/// A URL that is absent otherwise is answered by the file whose path and the URL's path end alike (<c>news/a1.html</c> or <c>a1.html</c> for
/// <c>https://x.test/news/a1</c>), extensions aside, when exactly one file fits best; a file of another host (but for a leading <c>www.</c>)
/// never fits.
/// </para>
/// </remarks>
public sealed class WebArchive : IAsyncDisposable
{
    /// <summary>How often a live run tries an address before it takes a transient failure for its answer.</summary>
    public const int Attempts = 5;

    private static readonly TimeSpan Bounce = TimeSpan.FromMinutes(1);
    private readonly WorkFolder _folder;
    private readonly CaptureIndex _index;
    private readonly CaptureReader _reader;
    private readonly IReadOnlyList<ArchiveFault> _faults;
    private readonly int _mostFaults;
    private readonly bool _holdsVias;

    internal WebArchive(WorkFolder folder, CaptureIndex index, CaptureReader reader, IReadOnlyList<ArchiveFault> faults, int mostFaults)
    {
        _folder = folder;
        _index = index;
        _reader = reader;
        _faults = faults;
        _mostFaults = mostFaults;
        HoldsFeeds = index.HoldsFeeds();
        _holdsVias = index.HoldsVias();
    }

    /// <summary>
    /// What could not be read: what showed when the archive was opened, in its order, and behind it what has shown since when captures were read, in the order
    /// of these.
    /// </summary>
    public IReadOnlyList<ArchiveFault> Faults => _index.Damage(_mostFaults) is { Count: > 0 } damage ? [.. _faults, .. damage.Except(_faults)] : _faults;

    /// <summary>True when at least one capture is a feed.</summary>
    public bool HoldsFeeds { get; }

    /// <summary>How many captures there are, failures and revisits included.</summary>
    public long Captures => _index.Count;

    /// <summary>All captures in archive order.</summary>
    internal IEnumerable<Capture> All() => _index.InArchiveOrder();

    /// <summary>Scans files and folders once and indexes them on disk.</summary>
    /// <param name="paths">WARC files, feed or page files, and folders, in the order that breaks ties.</param>
    /// <param name="options">Limits and places.</param>
    /// <param name="cancellation">Ends the scan; what was written is deleted.</param>
    /// <exception cref="ArchiveException">A path does not exist, cannot be read, or holds nothing of an archive; the message is one clear line.</exception>
    public static Task<WebArchive> OpenAsync(IReadOnlyList<string> paths, WebArchiveOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(options);
        return Task.Run(() => ArchiveBuilder.Build(paths, options, cancellation), cancellation);
    }

    /// <summary>Captures whose content is a feed, revisits of one included, by (date, URL, archive order); undated last.</summary>
    public IEnumerable<Capture> Feeds() => _index.InOrder("feed");

    /// <summary>
    /// HTML and plain-text pages with status 200 that are no feeds, by (date, URL, archive order); undated last. A revisit is listed only
    /// where its payload was captured under another URL; text made from a page (WET) only where the page is not there.
    /// </summary>
    public IEnumerable<Capture> Pages() => _index.InOrder("page");

    /// <summary>The marks of the live runs that made the archive, by (date, URL).</summary>
    internal IReadOnlyList<ArchivedMark> Marks() => _index.Marks();

    /// <summary>What the sites had taught by each day of the live runs that made the archive, as they wrote it.</summary>
    internal IReadOnlyList<string> Learned() => _index.Learned();

    /// <summary>
    /// The capture that answers for a URL at a time; null when the archive does not hold it. URLs are compared without scheme, fragment,
    /// user information and default port, the same scheme first (a redirect answers for its own scheme only). Of several captures: the first
    /// at or after the time, else the nearest before, else an undated one. Answers that a live fetch would try again (408, 425, 429, 5xx), failures and
    /// unresolvable revisits count only where nothing better was captured, or where the first <see cref="Attempts"/> captures from the time on are all such:
    /// then the last of those answers, as it did live. Redirects that led back to the same URL within a minute are passed over. What a live run captured as the
    /// end of another address's redirects answers where that address led here; else it counts only where the URL was not captured for itself.
    /// </summary>
    /// <param name="url">An absolute URL.</param>
    /// <param name="asOf">The time of the poll that named it; null = the first capture.</param>
    /// <param name="within">Captures within this time after <paramref name="asOf"/> come before all others, also where all of them failed; null = no such
    /// bound.</param>
    /// <param name="via">The address whose redirect led to the URL; null = it is asked for itself.</param>
    /// <param name="ownOnly">True: captures that another address led to do not answer at all.</param>
    public Capture? Find(Uri url, DateTimeOffset? asOf, TimeSpan? within = null, Uri? via = null, bool ownOnly = false)
    {
        ArgumentNullException.ThrowIfNull(url);
        var key = UrlKey.Of(url.AbsoluteUri, out var secure);
        // Within the time that is asked for, a capture that says nothing of where it was led to from comes before a later one that does.
        if (_holdsVias && !ownOnly && via is not null && asOf is { } from && within is { } time
            && (_index.OfAttempts(key, secure, from, from + time, 1, ViaFilter.Of(via)) ?? _index.OfAttempts(key, secure, from, from + time, 1, ViaFilter.None)) is { } part)
            return Answer(part, key, secure, ViaFilter.None);
        var own = _holdsVias ? Find(key, secure, asOf, within, ViaFilter.Of(via)) : null;
        return own is not null || (_holdsVias && ownOnly) ? own : Find(key, secure, asOf, within, ViaFilter.None) ?? FindByPath(url);
    }

    /// <summary>Reads a capture's answer.</summary>
    /// <exception cref="ArchiveException">The file is gone or cannot be read any more.</exception>
    public Task<ArchivedResponse> ReadAsync(Capture capture, CancellationToken cancellation) => ReadIntoAsync(new(), capture, cancellation);

    /// <summary>Reads a capture's answer into memory that is given back.</summary>
    internal Task<ArchivedResponse> ReadIntoAsync(RentedBodies bodies, Capture capture, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(capture);
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(_reader.Read(capture, bodies));
    }

    /// <summary>Closes the archive's files, and the index, which is deleted.</summary>
    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _index.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private Capture? Find(byte[] key, bool secure, DateTimeOffset? asOf, TimeSpan? within, ViaFilter via)
    {
        if (asOf is { } from
            && ((within is { } time ? _index.OfAttempts(key, secure, from, from + time, 1, via) : null) ?? _index.OfAttempts(key, secure, from, null, Attempts, via)) is { } ended)
            return Answer(ended, key, secure, via);
        if (!_index.Holds(key))
            return null;
        for (var rank = 0; rank < CaptureSchema.Ranks; rank++)
        {
            if ((_index.At(key, secure, rank, asOf, redirects: true, via) ?? _index.At(key, !secure, rank, asOf, redirects: false, via)) is { } found)
                return Answer(found, key, secure, via);
        }

        return null;
    }

    private Capture Answer(Capture found, byte[] key, bool secure, ViaFilter via) =>
        found.Status is >= 300 and < 400 ? Bounced(found, key, secure, via) ?? found : found;

    /// <summary>Sites redirect to set a cookie, and back to the page: the page is the answer, not the redirect that led around to it.</summary>
    private Capture? Bounced(Capture redirect, byte[] key, bool secure, ViaFilter via) =>
        redirect.Date is { } date && _index.At(key, secure, 0, date, redirects: false, via) is { Date: { } later } page
        && later >= date && later - date <= Bounce
            ? page
            : null;

    private Capture? FindByPath(Uri url)
    {
        if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
            return null;

        var wanted = PathTail.OfUrl(url);
        Capture? best = null;
        var (bestFit, rivals) = (0, 0);
        foreach (var (path, number) in wanted.Length == 0 ? [] : _index.Tails(wanted[^1]))
        {
            var fit = PathTail.Fit(PathTail.OfFile(path), wanted);
            if (fit == 0 || fit < bestFit || _index.Get(number) is not { } capture || !MayAnswer(capture.Url, url))
                continue;
            rivals = fit == bestFit ? rivals + 1 : 0;
            (best, bestFit) = (capture, fit);
        }

        return rivals == 0 ? best : null;
    }

    private static bool MayAnswer(string fileUrl, Uri url) =>
        !Uri.TryCreate(fileUrl, UriKind.Absolute, out var known) || known.Scheme == "archive" || Bare(known) == Bare(url);

    private static string Bare(Uri url) => url.IdnHost.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? url.IdnHost[4..] : url.IdnHost;
}
