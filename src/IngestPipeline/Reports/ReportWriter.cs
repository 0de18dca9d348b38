using System.Reflection;
using IngestPipeline.Records;
using IngestPipeline.Reports.Data;
using IngestPipeline.Reports.Html;
using IngestPipeline.Reports.Pages;

namespace IngestPipeline.Reports;

/// <summary>Writes every page of a report. Overview pages come from what was read; article pages from a second reading of the roll-ups.</summary>
internal sealed class ReportWriter(RecordStore records, ReportData data, IReportTarget target)
{
    /// <summary>Copies of one story that get a page of comparison, the first of them.</summary>
    private const int MaxComparisons = 40;

    private static readonly string[] Assets = ["report.css", "report.js", "icon.svg"];

    private readonly HtmlBuilder _html = new();
    private readonly Dictionary<string, string> _comparisons = new(StringComparer.Ordinal);
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Text, ReadOnlyMemory<byte> Evidence)> _texts = new(StringComparer.Ordinal);

    public int Pages { get; private set; }

    public async Task WriteAsync(IProgress<long>? progress, CancellationToken cancellation)
    {
        ChooseComparisons();
        foreach (var asset in Assets)
            await target.WriteAsync("assets/" + asset, Asset(asset), cancellation).ConfigureAwait(false);
        await OverviewAsync(cancellation).ConfigureAwait(false);
        await ListsAsync(cancellation).ConfigureAwait(false);
        var done = 0L;
        foreach (var day in data.Days)
        {
            await foreach (var line in records.ReadDayAsync(day.Name, cancellation).ConfigureAwait(false))
            {
                await ArticleAsync(RecordFields.Parse(line), cancellation).ConfigureAwait(false);
                done++;
                progress?.Report(done);
            }
        }

        await ComparisonsAsync(cancellation).ConfigureAwait(false);
    }

    // A copy is shown beside the article that the decision compared it with, or else the group's canonical one.
    private void ChooseComparisons()
    {
        foreach (var story in data.Stories.Take(StoriesPage.MaxStories))
        {
            foreach (var article in story.Articles.Where(a => (a.IsCopy ? a.CanonicalId : a.RewriteOf) is { } of && data.ById.ContainsKey(of)).Take(MaxComparisons))
            {
                var other = article.IsCopy ? article.CanonicalId : article.RewriteOf!;
                if (!article.HasText || !data.ById[other].HasText)
                    continue;
                _comparisons[article.Id] = other;
                _wanted.Add(article.Id);
                _wanted.Add(other);
            }
        }
    }

    private async Task OverviewAsync(CancellationToken cancellation)
    {
        await PageAsync(PageNames.Today, h => TodayPage.Write(h, data), cancellation).ConfigureAwait(false);
        await PageAsync(PageNames.Stories, h => StoriesPage.Write(h, data), cancellation).ConfigureAwait(false);
        await PageAsync(PageNames.Articles, h => ArticlesPages.Index(h, data), cancellation).ConfigureAwait(false);
        await PageAsync(PageNames.Stripped, h => StrippedPage.Write(h, data), cancellation).ConfigureAwait(false);
        await PageAsync(PageNames.Feeds, h => FeedsPage.Write(h, data), cancellation).ConfigureAwait(false);
        await PageAsync(PageNames.Trends, h => TrendsPage.Write(h, data), cancellation).ConfigureAwait(false);
        await PageAsync(PageNames.Help, h => HelpPage.Write(h, data.Header.PipelineVersion), cancellation).ConfigureAwait(false);
    }

    private async Task ListsAsync(CancellationToken cancellation)
    {
        var compared = _comparisons.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var story in data.Stories.Take(StoriesPage.MaxStories))
            await PageAsync(PageNames.Story(story.Id), h => StoryPage.Write(h, story, data, compared), cancellation).ConfigureAwait(false);
        var bySite = data.Articles.ToLookup(a => a.Site, StringComparer.Ordinal);
        foreach (var site in data.Sites)
            await PageAsync(PageNames.Site(site.Site), h => SitePage.Write(h, site, [.. bySite[site.Site]], data), cancellation).ConfigureAwait(false);
        var byDay = data.Articles.ToLookup(a => a.Day, StringComparer.Ordinal);
        foreach (var day in data.Days)
        {
            ArticleSummary[] articles = [.. byDay[day.Name]];
            for (var page = 1; page <= ArticlesPages.PagesOf(articles.Length); page++)
                await PageAsync(PageNames.Day(day.Name, page), h => ArticlesPages.Day(h, day.Name, articles, page), cancellation).ConfigureAwait(false);
        }
    }

    private async Task ArticleAsync(RecordFields record, CancellationToken cancellation)
    {
        // A record that was written between the two readings has no summary; the next report shows it.
        if (!data.ById.TryGetValue(record.Id, out var article))
            return;
        if (_wanted.Contains(article.Id))
            _texts[article.Id] =
                (record.Text("text") ?? "", record["copy"]?["evidence"] is { } e ? System.Text.Encoding.UTF8.GetBytes(e.Json.GetRawText()) : default);
        await PageAsync(
            PageNames.Article(article.Id), h => ArticlePage.Write(h, article, record, data, _comparisons.ContainsKey(article.Id)),
            cancellation).ConfigureAwait(false);
    }

    private async Task ComparisonsAsync(CancellationToken cancellation)
    {
        foreach (var (id, other) in _comparisons)
        {
            if (!_texts.TryGetValue(id, out var copy) || !_texts.TryGetValue(other, out var original))
                continue;
            RecordFields? evidence = copy.Evidence.IsEmpty ? null : RecordFields.Parse(copy.Evidence);
            await PageAsync(
                PageNames.Compare(id), h => ComparePage.Write(h, data.ById[id], copy.Text, data.ById[other], original.Text, evidence),
                cancellation).ConfigureAwait(false);
        }
    }

    private ValueTask PageAsync(string name, Action<HtmlBuilder> write, CancellationToken cancellation)
    {
        _html.Clear();
        write(_html);
        Pages++;
        return target.WriteAsync(name, _html.ToUtf8(), cancellation);
    }

    private static byte[] Asset(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Report." + name)
            ?? throw new InvalidOperationException($"The report's {name} is not in the assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
