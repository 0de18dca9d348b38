using IngestPipeline.Records;
using IngestPipeline.Reports.Data;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Pages;

/// <summary>The articles: days with their counts, and for each day its list, some at a time.</summary>
internal static class ArticlesPages
{
    private const int PageSize = 200;

    public static void Index(HtmlBuilder html, ReportData data) => PageFrame.Write(html, PageNames.Articles, PageNames.Articles, "Articles", _ =>
    {
        html.Add($"""<h1>Articles</h1><p class="lead">{Say.Count(data.Articles.Count, "record", "records")}, by the day on which each was first seen.</p>""");
        if (data.OlderRecords > 0)
            html.Add(
                $"""<p class="meta">{Say.Count(data.OlderRecords, "older record is", "older records are")} in the store and not in this report; <code>--days</code> says how far back it goes.</p>""");
        Bits.OpenTable(html, "Days", "", "Day", "#Records", "#Copies", "#Headline only", "#Stripped");
        foreach (var day in data.Days.Reverse())
            html.Add(
                $"""<tr><th scope="row"><a href="{PageNames.Day(day.Name, 1)}">{Say.Day(day.Name)}</a></th><td class="n">{day.Records}</td><td class="n">{day.Copies}</td><td class="n">{day.TextFrom.GetValueOrDefault("headline")}</td><td class="n">{Say.Share(day.RemovedShare)}</td></tr>""");
        Bits.CloseTable(html);
    });

    /// <summary>How many pages a day's articles take.</summary>
    public static int PagesOf(int articles) => Math.Max(1, (articles + PageSize - 1) / PageSize);

    public static void Day(HtmlBuilder html, string day, IReadOnlyList<ArticleSummary> articles, int page)
    {
        var pages = PagesOf(articles.Count);
        PageFrame.Write(html, PageNames.Day(day, page), PageNames.Articles, Say.Day(day), _ =>
        {
            html.Add(
                $"""<p class="eyebrow"><a href="../articles.html">Articles</a></p><h1>{Say.Day(day)}</h1><p class="lead">{Say.Count(articles.Count, "record", "records")}{(pages > 1 ? $"; page {page} of {pages}" : "")}.</p>""");
            Bits.OpenTable(
                html, "Articles in the order in which they were seen", "filter", "First seen", "Article", "What it is", "Text from", "#Length", "#Stripped");
            foreach (var article in articles.Skip((page - 1) * PageSize).Take(PageSize))
                Row(html, article);
            Bits.CloseTable(html);
            Pager(html, day, page, pages);
        });
    }

    private static void Row(HtmlBuilder html, ArticleSummary article)
    {
        html.Add(
            $"""<tr><td>{(article.Day == StoreNames.Undated ? "–" : Say.Clock(article.FirstSeen))}</td><th scope="row">{Bits.Headline(Bits.Up, article)}<span class="sub"><bdi>{article.Outlet}</bdi></span></th><td>{Bits.Kind(article.Kind)}</td><td>{Words.From(article.TextFrom)}</td><td class="n">{article.Kept}</td><td class="n">{Say.Share(article.Removed, (long)article.Removed + article.Kept)}</td></tr>""");
        html.Add($"\n");
    }

    private static void Pager(HtmlBuilder html, string day, int page, int pages)
    {
        if (pages == 1)
            return;
        html.Add($"""<nav class="pager" aria-label="Pages"><ul>""");
        for (var p = 1; p <= pages; p++)
        {
            html.Add($"""<li><a href="../{PageNames.Day(day, p)}" """);
            if (p == page)
                html.Add($"""aria-current="page" """);
            html.Add($">{p}</a></li>");
        }

        html.Add($"</ul></nav>");
    }
}
