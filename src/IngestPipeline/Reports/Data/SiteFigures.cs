using IngestPipeline.Records;

namespace IngestPipeline.Reports.Data;

/// <summary>A site in figures: its days, what was stripped from it, and the blocks that keep coming back on it.</summary>
internal sealed class SiteFigures(string site)
{
    /// <summary>Different removed texts kept of one site; enough for its furniture, bounded for a hostile one.</summary>
    private const int MaxTexts = 4000;

    private readonly Dictionary<string, int> _outlets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RepeatedBlock> _texts = new(StringComparer.Ordinal);

    public string Site { get; } = site;

    public SortedDictionary<string, SiteDay> Days { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, RuleFigures> Rules { get; } = new(StringComparer.Ordinal);

    public int Records { get; private set; }

    public int Copies { get; private set; }

    public int NoText { get; private set; }

    public long Kept { get; private set; }

    public long Removed { get; private set; }

    public double RemovedShare => Kept + Removed == 0 ? 0 : (double)Removed / (Kept + Removed);

    /// <summary>The name that most of its articles carry.</summary>
    public string Outlet => _outlets.Count == 0 ? Site : _outlets.OrderByDescending(o => o.Value).ThenBy(o => o.Key, StringComparer.Ordinal).First().Key;

    /// <summary>Removed texts that stood in several of the site's articles, the most frequent first.</summary>
    public IReadOnlyList<RepeatedBlock> Repeated =>
        [.. _texts.Values.Where(b => b.Articles > 2).OrderByDescending(b => b.Articles).ThenBy(b => b.Text, StringComparer.Ordinal).Take(20)];

    public void Add(ArticleSummary article, RecordFields record)
    {
        Records++;
        _outlets[article.Outlet] = _outlets.GetValueOrDefault(article.Outlet) + 1;
        if (article.IsCopy)
            Copies++;
        if (!article.HasText)
            NoText++;
        Kept += article.Kept;
        Removed += article.Removed;
        if (!Days.TryGetValue(article.Day, out var day))
            Days[article.Day] = day = new();
        day.Add(article);
        foreach (var block in record.List("removed"))
            AddRemoved(article, block.Text("rule") ?? "unknown", block.Text("reason") ?? "", block.Text("text") ?? "");
    }

    private void AddRemoved(ArticleSummary article, string rule, string reason, string text)
    {
        if (!Rules.TryGetValue(rule, out var figures))
            Rules[rule] = figures = new(rule, reason);
        figures.Add(article, text);
        if (_texts.TryGetValue(text, out var block))
            block.Meet(article.Id);
        else if (_texts.Count < MaxTexts && text.Length > 0)
            _texts[text] = new(text, rule, article.Id);
    }
}
