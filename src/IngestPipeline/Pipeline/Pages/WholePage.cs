using IngestPipeline.Extraction;
using IngestPipeline.Fetching;

namespace IngestPipeline.Pipeline.Pages;

/// <summary>
/// Reads an article from all the pages it stands on: follows a meta refresh, joins the pages of a long one, and turns to the AMP or print form of
/// a page that shows no text without scripts. Live and replay take the same steps.
/// </summary>
internal sealed class WholePage(PageFetcher fetcher, ArticleExtractor extractor)
{
    /// <summary>The most pages of one article.</summary>
    public const int MaxPages = 10;

    private const int MaxRefreshes = 2;

    /// <summary>
    /// The time within which a part is asked for after the one before it, whatever its host's pace: in an archive, a later capture belongs to
    /// a later visit.
    /// </summary>
    private static readonly TimeSpan PartWindow = TimeSpan.FromMinutes(10);

    /// <summary>Reads on from the first answer.</summary>
    public async Task<PageReading> ReadAsync(Uri asked, FetchResult fetched, CancellationToken cancellation)
    {
        for (var refreshes = 0; ; refreshes++)
        {
            if (fetched.Status != FetchStatus.Fetched || MediaKinds.Of(fetched.ContentType, fetched.Body.Span) is not { } isText)
                return new(fetched);

            var page = extractor.Extract(new(fetched.Body, fetched.FinalUrl, fetched.ContentType, IsPlainText: isText));
            if (isText || fetched.FinalUrl is not { } url)
                return new(fetched, page, isText);

            var links = page.Outcome == ExtractionOutcome.Article && !PageLinkReader.MayHaveNext(fetched.Body.Span)
                ? PageLinks.None
                : PageLinkReader.Read(fetched.Body.Span, url);
            if (page.Outcome != ExtractionOutcome.Article && links.Refresh is { } target && target != url && refreshes < MaxRefreshes)
            {
                fetched = await fetcher.FetchAsync(new(target) { AsOf = fetched.Captured, Continues = true, Via = asked }, cancellation).ConfigureAwait(false);
                continue;
            }

            if (ConsentPage.Reason(asked, url, page, fetched.Body.Span) is { } wall)
                return new(fetched, page) { Wall = wall };
            return page.Outcome switch
            {
                ExtractionOutcome.Article => await JoinAsync(asked, fetched, page, links, cancellation).ConfigureAwait(false),
                ExtractionOutcome.NoText when links.Variant is { } variant =>
                    await VariantAsync(asked, fetched, page, variant, cancellation).ConfigureAwait(false),
                _ => new(fetched, page),
            };
        }
    }

    private async Task<PageReading> JoinAsync(Uri asked, FetchResult fetched, ExtractedArticle first, PageLinks links, CancellationToken cancellation)
    {
        var parts = new List<ExtractedArticle> { first };
        var start = fetched.FinalUrl!;
        var captured = fetched.Captured;
        while (links.Next.FirstOrDefault(n => PageNumber.Is(start, n, parts.Count + 1)) is { } next)
        {
            if (parts.Count == MaxPages)
                return Joined("pages-missing");
            var part = await PartAsync(asked, next, captured, cancellation).ConfigureAwait(false);
            if (part.Status != FetchStatus.Fetched || MediaKinds.Of(part.ContentType, part.Body.Span) != false || part.FinalUrl is not { } url)
                return Joined("pages-missing");
            var page = extractor.Extract(new(part.Body, url, part.ContentType));
            if (page.Outcome is not (ExtractionOutcome.Article or ExtractionOutcome.NoText) || page.Blocks.Count == 0)
                return Joined("pages-missing");
            // The comments' second page shows the same article once more.
            if (page.Blocks.All(b => !b.InText || parts.Exists(p => p.Blocks.Contains(b))))
                break;
            parts.Add(page);
            captured = part.Captured ?? captured;
            links = PageLinkReader.Read(part.Body.Span, url);
        }

        return Joined(null);

        PageReading Joined(string? missing) => parts.Count == 1 && missing is null
            ? new(fetched, first)
            : new(fetched, Join(parts)) { Flags = [.. parts.Count > 1 ? ["pages-joined"] : (string[])[], .. missing is null ? [] : (string[])[missing]] };
    }

    private async Task<PageReading> VariantAsync(Uri asked, FetchResult fetched, ExtractedArticle page, Uri variant, CancellationToken cancellation)
    {
        var part = await PartAsync(asked, variant, fetched.Captured, cancellation).ConfigureAwait(false);
        if (part.Status != FetchStatus.Fetched || MediaKinds.Of(part.ContentType, part.Body.Span) != false)
            return new(fetched, page);
        var other = extractor.Extract(new(part.Body, part.FinalUrl, part.ContentType));
        // The page speaks for itself where it can; the variant has its text.
        return other.Outcome == ExtractionOutcome.Article
            ? new(fetched, page.Metadata.Title is null ? other : other with { Metadata = page.Metadata }) { Flags = ["text-from-variant"] }
            : new(fetched, page);
    }

    private Task<FetchResult> PartAsync(Uri asked, Uri url, DateTimeOffset? captured, CancellationToken cancellation) =>
        fetcher.FetchAsync(new(url) { AsOf = captured, Continues = true, Within = PartWindow, Via = asked }, cancellation);

    // Each page repeats the headline, the standfirst and the captions of the first.
    private static ExtractedArticle Join(List<ExtractedArticle> parts)
    {
        var seen = parts[0].Blocks.Select(b => b.Text).ToHashSet(StringComparer.Ordinal);
        return parts[0] with
        {
            Blocks = [.. parts[0].Blocks, .. parts.Skip(1).SelectMany(p => p.Blocks).Where(b => seen.Add(b.Text))],
            Removed = [.. parts.SelectMany(p => p.Removed)],
            IsTruncated = parts.Exists(p => p.IsTruncated),
        };
    }
}
