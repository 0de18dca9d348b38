using IngestPipeline.Records;
using IngestPipeline.Reports.Charts;
using IngestPipeline.Reports.Data;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Pages;

/// <summary>One site: its extraction over time, what was stripped from it, the blocks that keep coming back.</summary>
internal static class SitePage
{
    private const int MaxArticles = 40;

    public static void Write(HtmlBuilder html, SiteFigures site, IReadOnlyList<ArticleSummary> articles, ReportData data) =>
        PageFrame.Write(html, PageNames.Site(site.Site), PageNames.Stripped, site.Outlet, _ =>
    {
        html.Add($"""
            <p class="eyebrow"><a href="../stripped.html#sites">Sites</a></p>
            <h1><bdi>{site.Outlet}</bdi></h1>
            <p class="lead">{site.Site}</p>
            <dl class="cards">

            """);
        Bits.Card(html, "Records", Say.Count(site.Records, "", "").Trim(), Say.Count(site.Days.Count, "day", "days"));
        Bits.Card(html, "Copies", Say.Share(site.Copies, site.Records), "repeat another article");
        Bits.Card(html, "No text", Say.Share(site.NoText, site.Records), "only the headline is kept");
        Bits.Card(html, "Stripped", Say.Share(site.RemovedShare), "of what its pages showed");
        html.Add($"</dl>");
        Jumps(html, site, data);
        Rules(html, site);
        Repeated(html, site);
        OverTime(html, site);
        html.Add($"""<section aria-labelledby="articles"><h2 id="articles">Newest articles</h2><ul class="articles">""");
        foreach (var article in articles.Reverse().Take(MaxArticles))
            html.Add($"""<li>{Bits.Headline(Bits.Up, article)}<span class="meta">{Bits.Time(article.FirstSeen)} {Bits.Kind(article.Kind)}</span></li>""");
        html.Add($"</ul></section>");
    });

    private static void Jumps(HtmlBuilder html, SiteFigures site, ReportData data)
    {
        var jumps = data.Jumps.Where(j => ReferenceEquals(j.Site, site)).Take(10).ToList();
        if (jumps.Count == 0)
            return;
        html.Add($"""<ul class="problems">""");
        foreach (var jump in jumps)
            html.Add(
                $"""<li class="grave"><strong>{Say.ShortDay(jump.Day)}: {jump.What} went from {jump.Before} to {jump.After}</strong><span>Compare an article of that day with one of before; the pages may have a new design.</span></li>""");
        html.Add($"</ul>");
    }

    private static void Rules(HtmlBuilder html, SiteFigures site)
    {
        html.Add($"""<section aria-labelledby="rules"><h2 id="rules">What was stripped</h2>""");
        if (site.Rules.Count == 0)
            html.Add($"<p>Nothing.</p>");
        var all = Math.Max(1, site.Rules.Values.Sum(r => r.Blocks));
        foreach (var rule in site.Rules.Values.OrderByDescending(r => r.Blocks).ThenBy(r => r.Rule, StringComparer.Ordinal).Take(40))
        {
            html.Add(
                $"""<article class="rule"><h3>{TodayPage.Capital(rule.Reason)} <code>{rule.Rule}</code></h3><p class="meta">{Say.Count(rule.Blocks, "block", "blocks")} in {Say.Count(rule.Articles, "article", "articles")}</p>{Svg.Share((double)rule.Blocks / all, "")}""");
            StrippedPage.Examples(html, "../", rule.Examples);
            html.Add($"</article>\n");
        }

        html.Add($"</section>");
    }

    private static void Repeated(HtmlBuilder html, SiteFigures site)
    {
        var repeated = site.Repeated;
        if (repeated.Count == 0)
            return;
        html.Add(
            $"""<section aria-labelledby="repeated"><h2 id="repeated">Blocks that keep coming back</h2><p class="meta">Removed from three of its articles or more: the site's furniture.</p>""");
        Bits.OpenTable(html, "Blocks that keep coming back", "", "Block", "#Articles", "Rule");
        foreach (var block in repeated)
            html.Add($"""<tr><td dir="auto">{Say.Cut(block.Text, 200)}</td><td class="n">{block.Articles}</td><td><code>{block.Rule}</code></td></tr>""");
        Bits.CloseTable(html);
        html.Add($"</section>");
    }

    private static void OverTime(HtmlBuilder html, SiteFigures site)
    {
        var days = site.Days.Where(d => d.Key != StoreNames.Undated).ToList();
        if (days.Count < 2)
            return;
        var names = days.ConvertAll(d => d.Key);
        html.Add($"""<section aria-labelledby="time"><h2 id="time">Over time</h2>""");
        DayChart.Bars(
            html, "Records a day", names,
            [new("with text", "f-page", [.. days.Select(d => (double)(d.Value.Records - d.Value.NoText))]), new("headline only", "f-headline", [.. days.Select(d => (double)d.Value.NoText)])],
            v => Say.Count((long)v, "", "").Trim());
        DayChart.Lines(html, "Share stripped", names, [new("removed", "c5", [.. days.Select(d => d.Value.RemovedShare)])], v => Say.Share(v));
        DayChart.Lines(
            html, "Median length of a text, in characters", names, [new("characters", "c0", [.. days.Select(d => (double)d.Value.MedianLength)])],
            v => Say.Count((long)v, "", "").Trim());
        html.Add($"</section>");
    }
}
