using System.Globalization;
using IngestPipeline.Extraction;
using IngestPipeline.Feeds;
using IngestPipeline.Feeds.Discovery;
using IngestPipeline.Feeds.Text;
using IngestPipeline.Fetching;
using IngestPipeline.Pipeline.Pages;

namespace IngestPipeline.Pipeline.Doctor;

/// <summary>Tells what a body turned out to be: a feed with entries, or a page with an article.</summary>
internal sealed class ContentSteps(List<DiagnosisStep> steps)
{
    private const int MostShown = 5;

    public void Add(FetchResult fetched)
    {
        var url = fetched.FinalUrl!;
        var feed = new FeedReader().Read(fetched.Body, new(url, fetched.ContentType, fetched.ContentLocation, fetched.ContentLanguage));
        if (feed.IsFeed)
            AddFeed(feed, fetched);
        else if (MediaKinds.Of(fetched.ContentType, fetched.Body.Span) is { } isText)
            AddPage(fetched, url, isText, feed.Error);
        else
            steps.Add(new("format", StepOutcome.Failed, $"neither a feed ({feed.Error}) nor a page: the server calls it {fetched.ContentType ?? "nothing"}"));
    }

    private void AddFeed(FeedReadResult feed, FetchResult fetched)
    {
        var labels = new Repairs();
        var charset = DocumentEncoding.Choose(fetched.Body.Span, fetched.ContentType, labels).Encoding.WebName;
        steps.Add(new("charset", labels.Phrases.Count == 0 ? StepOutcome.Ok : StepOutcome.Warning, string.Join("; ", [charset, .. labels.Phrases])));
        var faults = feed.Repairs.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; mended: {Shown(feed.Repairs)}");
        steps.Add(
            new(
                "format", feed.Repairs.Count == 0 && feed.Error is null ? StepOutcome.Ok : StepOutcome.Warning,
                $"a feed ({feed.Format}){(feed.Feed.Title is { } title ? $" called {FeedPlainText.Of(title)}" : "")}{faults}{(feed.Error is null ? "" : "; " + feed.Error)}"));

        var linked = feed.Entries.Count(e => ArticleUrl.TryCreate(e.Link) is not null);
        var newest = feed.Entries.Max(e => e.Published ?? e.Updated);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{feed.Entries.Count} entries, {linked} with a link{(newest is { } date ? $", the newest of {date.UtcDateTime:yyyy-MM-dd HH:mm} UTC" : ", none with a date")}");
        steps.Add(
            new(
                "entries",
                feed.Entries.Count == 0 || linked == 0
                    ? StepOutcome.Failed
                    : linked < feed.Entries.Count || newest is null
                    ? StepOutcome.Warning
                    : StepOutcome.Ok,
                text));
    }

    private void AddPage(FetchResult fetched, Uri url, bool isText, string? noFeed)
    {
        using var decoded = PageDecoder.Decode(new(fetched.Body, url, fetched.ContentType, IsPlainText: isText));
        steps.Add(
            new(
                "charset", decoded.Warning is null ? StepOutcome.Ok : StepOutcome.Warning,
                $"{decoded.Charset}{(decoded.Warning is { } warning ? "; " + warning : "")}"));
        steps.Add(
            new(
                "format", StepOutcome.Ok,
                (isText ? "plain text" : "an HTML page") + (noFeed is null or "not a feed" ? ", not a feed" : $", not a feed ({noFeed})")));

        var page = new ArticleExtractor().Extract(new(fetched.Body, url, fetched.ContentType, IsPlainText: isText));
        var wall = ConsentPage.Reason(url, url, page, fetched.Body.Span);
        if (page.Outcome == ExtractionOutcome.Article && wall is null)
        {
            var words = page.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
            steps.Add(
                new(
                    "article", StepOutcome.Ok,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{page.Metadata.Title?.Value ?? "no headline"}: {words:N0} words, {page.Removed.Count} blocks left out, dated {page.Metadata.Published?.Value.ToString() ?? "nowhere"}")));
            return;
        }

        var links = isText ? null : PageLinkReader.Read(fetched.Body.Span, url);
        var more = links?.Refresh is { } refresh ? $"; it sends its reader on to {refresh}" : "";
        var feeds = isText ? [] : FeedLinks.OfPage(fetched.Body.Span, url);
        var named = feeds.Count == 0 ? "" : $"; feeds that it names: {Shown([.. feeds.Select(f => f.Url.AbsoluteUri)])}";
        steps.Add(new("article", StepOutcome.Failed, $"no article: {wall ?? page.Reason ?? page.Outcome.ToString()}{more}{named}"));
    }

    private static string Shown(IReadOnlyList<string> items) => items.Count <= MostShown
        ? string.Join("; ", items)
        : string.Create(CultureInfo.InvariantCulture, $"{string.Join("; ", items.Take(MostShown))}; and {items.Count - MostShown} more");
}
