using IngestPipeline.Archive;
using IngestPipeline.Extraction;
using IngestPipeline.Feeds;
using IngestPipeline.Fetching;
using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>Puts an article's facts together from the page, the feed's entry and the fetch.</summary>
internal static class ArticleBuilder
{
    /// <summary>The source of a date that is the time of capture, as what page and feed say cannot be.</summary>
    public const string CapturedSource = "captured";

    /// <param name="request">Who named it.</param>
    /// <param name="fetched">The fetch; null when none was made or the archive does not hold the page.</param>
    /// <param name="page">The page as extracted, for metadata; null when there is none.</param>
    /// <param name="body">Whose blocks are the article's: the page, or the entry's text; null for a headline alone.</param>
    /// <param name="from">Where the text came from.</param>
    public static Article Build(ArticleRequest request, FetchResult? fetched, ExtractedArticle? page, ExtractedArticle? body, TextSource from)
    {
        var captured = fetched?.Raw is { } raw ? raw.Date : request.AsOf;
        var stated = Complete(page?.Metadata ?? new(), request, fetched?.FinalUrl ?? request.Fetch, body);
        var (metadata, misdated) = Clamped(stated, captured);
        var text = from == TextSource.Headline ? "" : body?.Text ?? "";
        var title = metadata.Title?.Value;
        var url = request.Url?.Text;
        var final = fetched?.FinalUrl is { } landed && ArticleUrl.TryCreate(landed) is { } there && there.Id != request.Url?.Id ? there.Text : null;
        return new()
        {
            Id = request.Url?.Id ?? ArticleId.Of(title + "\n" + (text.Length > 0 ? text : body?.Text)),
            Url = url,
            FinalUrl = request.Url is null ? null : final,
            FirstSeen = captured,
            Captured = captured,
            Feed = request.Feed,
            Metadata = metadata,
            TextFrom = from,
            Text = text,
            Blocks = body?.Blocks ?? [],
            Removed = body?.Removed ?? [],
            Flags = Flags(metadata, misdated, fetched),
            Raw = Raw(request, fetched),
            ContentHash = ArticleId.ContentHash(title, text),
        };
    }

    private static RawPointer? Raw(ArticleRequest request, FetchResult? fetched) => fetched?.Raw is { } raw
        ? raw
        : request.Feed is { } feed ? new(feed.Url, request.AsOf, null) : null;

    // A date that cannot be is the time of capture, and says so: 1970 is a clock that was never set, and what is to come has not been published.
    private static (ArticleMetadata Metadata, string? Flag) Clamped(ArticleMetadata stated, DateTimeOffset? captured)
    {
        if (stated.Published is not { } published || captured is not { } seen)
            return (stated, null);
        // A day of grace each: pages date in their own zone, often without saying which.
        var flag = published.Value.Instant > seen.AddDays(1) ? "published-in-future"
            : (published.Value.Instant - DateTimeOffset.UnixEpoch).Duration() <= TimeSpan.FromDays(1) ? "published-unset"
            : null;
        return (flag is null ? stated : stated with { Published = Date(seen, CapturedSource) }, flag);
    }

    private static List<string> Flags(ArticleMetadata metadata, string? misdated, FetchResult? fetched)
    {
        var flags = new List<string>();
        if (fetched is { Truncated: true })
            flags.Add("page-truncated");
        if (misdated is not null)
            flags.Add(misdated);
        if (metadata.IsFree == false)
            flags.Add("not-free");
        return flags;
    }

    // What the page does not say, its feed's entry may.
    private static ArticleMetadata Complete(ArticleMetadata page, ArticleRequest request, Uri? url, ExtractedArticle? body)
    {
        var entry = request.Entry;
        var language = page.Language ?? body?.Metadata.Language;
        return page with
        {
            Title = page.Title ?? (Plain(entry?.Title) is { Length: > 0 } title ? new(title, "feed:title") : null),
            Authors = page.Authors ?? (entry is { Authors.Count: > 0 } ? new(entry.Authors, "feed:author") : null),
            Published = page.Published ?? Date(entry?.Published, "feed:published"),
            Modified = page.Modified ?? Date(entry?.Updated, "feed:updated"),
            Section = page.Section ?? (request.Feed?.Section is { Length: > 0 } section ? new(section, "feeds-file") : null),
            Outlet = page.Outlet ?? (Plain(request.Feed?.Title) is { Length: > 0 } outlet ? new(outlet, "feed:feed-title") : Host(url)),
            Language = language,
        };
    }

    private static Sourced<string>? Host(Uri? url) =>
        url is { HostNameType: not UriHostNameType.Unknown } && url.Host.Length > 0 ? new(SiteOf(url), "url:host") : null;

    /// <summary>The host without "www.", the source that repetition and copies are counted by.</summary>
    internal static string SiteOf(Uri url) => url.IdnHost.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? url.IdnHost[4..] : url.IdnHost;

    private static Sourced<ArticleDate>? Date(DateTimeOffset? time, string source) => time is { } t
        ? new(new ArticleDate(DateOnly.FromDateTime(t.DateTime), TimeOnly.FromDateTime(t.DateTime), t.Offset), source)
        : null;

    private static string? Plain(string? markup) => markup is null ? null : FeedPlainText.Of(markup);
}
