using IngestPipeline.Boilerplate;
using IngestPipeline.Reports.Charts;
using IngestPipeline.Reports.Data;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Pages;

/// <summary>What was stripped: by rule with examples, and by site.</summary>
internal static class StrippedPage
{
    private const int MaxRules = 120;
    private const int MaxSites = 500;

    public static void Write(HtmlBuilder html, ReportData data) => PageFrame.Write(html, PageNames.Stripped, PageNames.Stripped, "What was stripped", _ =>
    {
        long kept = data.Days.Sum(d => d.Kept), removed = data.Days.Sum(d => d.Removed);
        html.Add($"""
            <h1>What was stripped</h1>
            <p class="lead">{Say.Count(data.Rules.Sum(r => (long)r.Blocks), "block", "blocks")}, {Say.Share(removed, kept + removed)} of what the pages showed as text. {Learned(data)}Every record lists its own, each with rule and reason.</p>
            <p class="jump"><a href="#rules">By rule</a> <a href="#sites">By site</a></p>
            <section aria-labelledby="rules"><h2 id="rules">By rule</h2>

            """);
        var all = Math.Max(1, data.Rules.Sum(r => r.Blocks));
        foreach (var rule in data.Rules.Take(MaxRules))
            Rule(html, rule, all);
        html.Add($"""</section><section aria-labelledby="sites"><h2 id="sites">By site</h2>""");
        Bits.OpenTable(html, "Sites, the one with the most records first", "filter", "Site", "#Records", "#Blocks", "#Stripped", "As a bar", "Most often");
        foreach (var site in data.Sites.Take(MaxSites))
        {
            var top = site.Rules.Values.OrderByDescending(r => r.Blocks).ThenBy(r => r.Rule, StringComparer.Ordinal).FirstOrDefault();
            html.Add(
                $"""<tr><th scope="row"><a href="{PageNames.Site(site.Site)}"><bdi>{site.Outlet}</bdi></a><span class="sub">{site.Site}</span></th><td class="n">{site.Records}</td><td class="n">{site.Rules.Values.Sum(r => r.Blocks)}</td><td class="n">{Say.Share(site.RemovedShare)}</td><td class="bar-cell">{Svg.Share(site.RemovedShare, "")}</td><td>{top?.Reason ?? "nothing"}</td></tr>""");
        }

        Bits.CloseTable(html);
        html.Add($"</section>");
    });

    private static string Learned(ReportData data) => data.Rules.FirstOrDefault(r => r.Rule == SiteBlocks.Rule) is { } learned
        ? $"{Say.Count(learned.Blocks, "block was", "blocks were")} named by no rule and learned from other articles of {Say.Count(learned.Sites.Count, "site", "sites")}. "
        : "";

    private static void Rule(HtmlBuilder html, RuleFigures rule, int all)
    {
        html.Add($"""
            <article class="rule" id="{PageNames.Rule(rule.Rule)}">
            <h3>{TodayPage.Capital(rule.Reason)} <code>{rule.Rule}</code></h3>
            <p class="meta">{Say.Count(rule.Blocks, "block", "blocks")} in {Say.Count(rule.Articles, "article", "articles")} of {Say.Count(rule.Sites.Count, "site", "sites")}</p>
            {Svg.Share((double)rule.Blocks / all, "")}

            """);
        Examples(html, "", rule.Examples);
        html.Add($"</article>\n");
    }

    internal static void Examples(HtmlBuilder html, string up, IReadOnlyList<RuleExample> examples)
    {
        if (examples.Count == 0)
            return;
        html.Add($"""<ul class="examples">""");
        foreach (var example in examples)
            html.Add(
                $"""<li><q dir="auto">{Say.Cut(example.Text, 180)}</q> <a class="from" href="{new Markup(up)}{PageNames.Article(example.ArticleId)}">{example.Site}<span class="sr">: the article it stood in</span></a></li>""");
        html.Add($"</ul>");
    }
}
