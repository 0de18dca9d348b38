using System.Text.Json;
using IngestPipeline.Feeds.Polling;
using IngestPipeline.Pipeline.Retention;
using IngestPipeline.Records;
using IngestPipeline.Storage;

namespace IngestPipeline.Reports.Data;

/// <summary>Reads what a report shows from a store: the roll-ups once through, the feeds' states, the days' ledgers.</summary>
internal sealed class ReportReader(IBlobStore store, RecordStore records, ReportOptions options)
{
    private readonly List<ArticleSummary> _articles = [];
    private readonly Dictionary<string, SiteFigures> _sites = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RuleFigures> _rules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FeedFigures> _feeds = new(StringComparer.Ordinal);

    public async Task<ReportData> ReadAsync(IProgress<long>? progress, CancellationToken cancellation)
    {
        var shown = Shown();
        var days = new List<DayFigures>(shown.Count);
        foreach (var day in shown)
        {
            days.Add(await ReadDayAsync(day.Name, cancellation).ConfigureAwait(false));
            progress?.Report(_articles.Count);
        }

        await ReadFeedStatesAsync(cancellation).ConfigureAwait(false);
        await ReadLedgerAsync(days, cancellation).ConfigureAwait(false);
        var status = await ReadStatusAsync(cancellation).ConfigureAwait(false);
        _articles.Sort((a, b) => (a.FirstSeen ?? DateTimeOffset.MaxValue, a.Id).CompareTo((b.FirstSeen ?? DateTimeOffset.MaxValue, b.Id)));
        var sites = _sites.Values.OrderByDescending(s => s.Records).ThenBy(s => s.Site, StringComparer.Ordinal).ToList();
        var feeds = _feeds.Values.OrderBy(f => f.Rank).ThenByDescending(f => f.Records).ThenBy(f => f.Url, StringComparer.Ordinal).ToList();
        var jumps = JumpFinder.Find(sites);
        var stories = Stories();
        return new()
        {
            Header = records.Header,
            Days = days,
            OlderRecords = records.Count - shown.Sum(d => (long)d.Records),
            Articles = _articles,
            ById = _articles.ToDictionary(a => a.Id, StringComparer.Ordinal),
            Sites = sites,
            Rules = [.. _rules.Values.OrderByDescending(r => r.Blocks).ThenBy(r => r.Rule, StringComparer.Ordinal)],
            Feeds = feeds,
            Stories = stories,
            StoryIds = stories.Take(Pages.StoriesPage.MaxStories).Select(s => s.Id).ToHashSet(StringComparer.Ordinal),
            Jumps = jumps,
            Problems = ProblemFinder.Find(days, sites, feeds, jumps, status),
            Status = status,
            HasLivePage = options.IsInStore && await store.ReadAsync(StoreNames.LiveReport, cancellation).ConfigureAwait(false) is not null,
            CapturesFrom = (await RetentionMark.ReadAsync(store, cancellation).ConfigureAwait(false)).CapturesFrom,
            AsOf = NewestTime(),
        };
    }

    // The newest days, as far back as asked for and as many articles as a site may have pages; undated input is always shown.
    private List<RecordDay> Shown()
    {
        var dated = records.Days.Where(d => d.Name != StoreNames.Undated).OrderBy(d => d.Name, StringComparer.Ordinal).TakeLast(options.Days).ToList();
        var undated = records.Days.Where(d => d.Name == StoreNames.Undated).ToList();
        var articles = undated.Sum(d => d.Records) + dated.Sum(d => d.Records);
        while (dated.Count > 1 && articles > options.MaxArticles)
        {
            articles -= dated[0].Records;
            dated.RemoveAt(0);
        }

        return [.. dated, .. undated];
    }

    private async Task<DayFigures> ReadDayAsync(string day, CancellationToken cancellation)
    {
        var figures = new DayFigures(day);
        await foreach (var line in records.ReadDayAsync(day, cancellation).ConfigureAwait(false))
        {
            var record = RecordFields.Parse(line);
            var article = ArticleSummary.Of(record, day);
            figures.Add(article);
            _articles.Add(article);
            if (!_sites.TryGetValue(article.Site, out var site))
                _sites[article.Site] = site = new(article.Site);
            site.Add(article, record);
            AddRules(figures, article, record);
            AddFeed(article, record);
        }

        return figures;
    }

    private void AddRules(DayFigures day, ArticleSummary article, RecordFields record)
    {
        foreach (var block in record.List("removed"))
        {
            var rule = block.Text("rule") ?? "unknown";
            if (!_rules.TryGetValue(rule, out var figures))
                _rules[rule] = figures = new(rule, block.Text("reason") ?? "");
            figures.Add(article, block.Text("text") ?? "");
            day.AddRemoved(rule);
        }
    }

    private void AddFeed(ArticleSummary article, RecordFields record)
    {
        if (article.FeedUrl is not { Length: > 0 } url)
            return;
        if (!_feeds.TryGetValue(url, out var feed))
            _feeds[url] = feed = new(url);
        feed.Title ??= record["feed"]?.Text("title");
        feed.Add(article);
    }

    private async Task ReadFeedStatesAsync(CancellationToken cancellation)
    {
        await foreach (var state in new FeedStates(store).ListAsync(cancellation).ConfigureAwait(false))
        {
            var url = state.Url.AbsoluteUri;
            if (!_feeds.TryGetValue(url, out var feed))
                _feeds[url] = feed = new(url);
            feed.State = state;
            feed.Title ??= state.Title;
        }
    }

    private async Task ReadLedgerAsync(List<DayFigures> days, CancellationToken cancellation)
    {
        if (await store.ReadAsync(StoreNames.Ledger, cancellation).ConfigureAwait(false) is not { } stored || Parse(stored)?["days"] is not { } ledger)
            return;
        foreach (var day in days)
        {
            if (ledger[day.Name] is { } counts)
                day.Ledger = new(
                    counts.Json.EnumerateObject()
                        .Where(c => c.Value.ValueKind == JsonValueKind.Number)
                        .ToDictionary(c => c.Name, c => c.Value.GetInt64(), StringComparer.Ordinal));
        }
    }

    private async Task<LiveStatus?> ReadStatusAsync(CancellationToken cancellation) =>
        await store.ReadAsync(StoreNames.Status, cancellation).ConfigureAwait(false) is { } stored && Parse(stored) is { } status
            ? new(status.Time("at"), status.Number("pending"), status.Number("quarantined"))
            : null;

    // What another part of the pipeline writes may be of another version, or half there: then its section is left out.
    private static RecordFields? Parse(StoredBlob stored)
    {
        try
        {
            return RecordFields.Parse(stored.Content) is { Json.ValueKind: JsonValueKind.Object } json ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private List<Story> Stories() =>
        [.. _articles.GroupBy(a => a.StoryId, StringComparer.Ordinal).Where(g => g.Skip(1).Any()).Select(g => new Story(g.Key, [.. g]))
            .OrderByDescending(s => s.Outlets).ThenByDescending(s => s.Articles.Count).ThenByDescending(s => s.Last).ThenBy(s => s.Id, StringComparer.Ordinal)];

    private DateTimeOffset? NewestTime()
    {
        var articles = _articles.Max(a => a.FirstSeen);
        var polls = _feeds.Values.Max(f => f.State?.LastPoll);
        return articles > (polls ?? DateTimeOffset.MinValue) ? articles : polls ?? articles;
    }
}
