using IngestPipeline.Fetching;
using IngestPipeline.Pipeline;

namespace IngestPipeline.Feeds.Discovery;

/// <summary>
/// Finds the feeds of a page or site: the address itself, what the page names, what robots.txt names as sitemaps, and only then the usual places.
/// Each is fetched and read before it is called a feed.
/// </summary>
/// <param name="fetcher">The HTTP pipeline; it waits for the host's turn.</param>
/// <param name="reader">Reads the documents.</param>
public sealed class FeedDiscovery(PatientFetcher fetcher, FeedReader reader)
{
    /// <summary>Looks for feeds.</summary>
    /// <param name="url">A page's, a site's or a feed's address.</param>
    /// <param name="most">Looking ends with so many feeds found: 1 or more.</param>
    /// <param name="cancellation">Stops looking.</param>
    public async Task<Discovered> FindAsync(Uri url, int most, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(url);
        var page = await fetcher.FetchAsync(new(url) { MaxBytes = PageFetcher.MaxFeedBytes }, cancellation).ConfigureAwait(false);
        var home = page.FinalUrl ?? url;
        if (page.Status == FetchStatus.Fetched && Read(page, home, null, "the address itself") is { } itself)
            return new([itself], null);

        var found = new List<FoundFeed>();
        if (page.Status == FetchStatus.Fetched)
            await TryAsync(FeedLinks.OfPage(page.Body.Span, home), found, most, cancellation).ConfigureAwait(false);
        if (found.Count < most)
        {
            var robots = await fetcher.FetchAsync(new(new Uri(home, "/robots.txt")) { MaxBytes = 512 * 1024 }, cancellation).ConfigureAwait(false);
            if (robots.Status == FetchStatus.Fetched)
                await TryAsync([.. FeedLinks.OfRobots(robots.Body.Span, home).Take(3)], found, most, cancellation).ConfigureAwait(false);
        }

        if (found.Count == 0)
            await TryAsync(FeedLinks.CommonPlaces(home), found, 1, cancellation).ConfigureAwait(false);
        return new(found, page.Status == FetchStatus.Fetched ? null : page.Reason ?? "no answer");
    }

    private async Task TryAsync(IReadOnlyList<FeedLink> links, List<FoundFeed> found, int most, CancellationToken cancellation)
    {
        foreach (var link in links)
        {
            if (found.Count >= most)
                return;
            if (found.Any(f => f.Url == link.Url))
                continue;
            var fetched = await fetcher.FetchAsync(new(link.Url) { MaxBytes = PageFetcher.MaxFeedBytes, WantsFeed = true }, cancellation).ConfigureAwait(false);
            if (fetched.Status == FetchStatus.Fetched && Read(fetched, link.Url, link.Title, link.From) is { } feed && found.All(f => f.Url != feed.Url))
                found.Add(feed);
        }
    }

    private FoundFeed? Read(FetchResult fetched, Uri url, string? title, string from)
    {
        var document = reader.Read(fetched.Body, new(fetched.FinalUrl ?? url, fetched.ContentType, fetched.ContentLocation, fetched.ContentLanguage));
        if (!document.IsFeed)
            return null;
        var own = document.Feed.Title is { } markup ? FeedPlainText.Of(markup) : null;
        return new(fetched.MovedTo ?? url, string.IsNullOrWhiteSpace(own) ? title : own, document.Format, document.Entries.Count, from);
    }
}
