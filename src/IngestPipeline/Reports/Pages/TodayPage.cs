using System.Globalization;
using IngestPipeline.Records;
using IngestPipeline.Reports.Charts;
using IngestPipeline.Reports.Data;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Pages;

/// <summary>The first page: the latest day at a glance, problems first.</summary>
internal static class TodayPage
{
    private const int MaxProblems = 8;
    private const int MaxStories = 6;

    public static void Write(HtmlBuilder html, ReportData data) => PageFrame.Write(html, PageNames.Today, PageNames.Today, "Today", _ =>
    {
        if (data.Latest is not { } day)
        {
            html.Add(
                $"""<h1>Nothing here yet</h1><p class="lead">The store holds no records. When a replay or a live run has written some, make the report again.</p>""");
            return;
        }

        html.Add($"""<p class="eyebrow">{(data.IsLive ? "Today" : "The latest day")}</p><h1>{Say.Day(day.Name)}</h1>""");
        if (data.AsOf is { } asOf)
            html.Add($"""<p class="lead">As the store stood at {Bits.Time(asOf)}. Days are UTC days, by when an article was first seen.</p>""");
        Problems(html, data);
        Cards(html, data, day);
        html.Add($"""<div class="columns"><div>""");
        Stories(html, data, day);
        html.Add($"</div><div>");
        Stripped(html, data, day);
        html.Add($"</div></div>");
        Volume(html, data);
        Outlets(html, data, day);
    });

    private static void Problems(HtmlBuilder html, ReportData data)
    {
        html.Add($"""<section aria-labelledby="problems"><h2 id="problems" class="sr">Problems</h2>""");
        if (data.Problems.Count == 0)
        {
            html.Add($"""<p class="well"><strong>Nothing needs attention.</strong> """);
            html.Add($"No site's extraction jumped{(data.IsLive ? ", every feed is well" : "")}.</p></section>\n");
            return;
        }

        html.Add($"""<ul class="problems">""");
        foreach (var problem in data.Problems.Take(MaxProblems))
        {
            html.Add($"""<li class="{(problem.IsGrave ? "grave" : "mild")}"><a href="{problem.File}">{problem.What}</a><span>{problem.Why}</span></li>""");
        }

        if (data.Problems.Count > MaxProblems)
            html.Add(
                $"""<li class="mild"><span>… and {data.Problems.Count - MaxProblems} more; see <a href="feeds.html">feeds</a> and <a href="trends.html">over time</a>.</span></li>""");
        html.Add($"</ul></section>\n");
    }

    private static void Cards(HtmlBuilder html, ReportData data, DayFigures day)
    {
        var usual = Usual(data, day);
        html.Add($"""<dl class="cards">""");
        if (day.Ledger is { } ledger)
            Bits.Card(html, "Articles in", ledger.Total.ToString("#,0", CultureInfo.InvariantCulture), "every one is counted once");
        Bits.Card(
            html, "Records out", day.Records.ToString("#,0", CultureInfo.InvariantCulture),
            usual is { } u ? $"usually {u.Records.ToString("#,0", CultureInfo.InvariantCulture)} a day" : "one for each article");
        Bits.Card(html, "Copies", Say.Share(day.Copies, day.Records), Say.Count(day.Copies, "record repeats another", "records repeat another"));
        Bits.Card(
            html, "Stripped", Say.Share(day.RemovedShare),
            usual is { } v ? $"of what pages showed; usually {Say.Share(v.Removed)}" : "of what the pages showed");
        var bare = day.TextFrom.GetValueOrDefault("headline");
        Bits.Card(html, "Headline only", bare.ToString("#,0", CultureInfo.InvariantCulture), bare == 0 ? "every record has a text" : "no text could be had");
        if (day.Latency is { } latency)
            Bits.Card(html, "Seen after", Say.Duration(latency.P50), $"from publication; 9 in 10 within {Say.Duration(latency.P90)}");
        if (data.Status is { } status)
            Bits.Card(html, "Pending", status.Pending.ToString("#,0", CultureInfo.InvariantCulture), $"at {Say.Clock(status.At)} UTC");
        html.Add($"</dl>\n");
        if (data.HasLivePage)
            html.Add($"""<p class="more"><a href="{PageNames.Live}">The pipeline's figures of this moment: queues, feeds, how requests ended</a></p>""");
    }

    private static (int Records, double Removed)? Usual(ReportData data, DayFigures day)
    {
        var before = data.Days.Where(d => d.Name != day.Name && d.Name != StoreNames.Undated).TakeLast(7).ToList();
        return before.Count < 3 ? null : ((int)before.Average(d => d.Records), before.Average(d => d.RemovedShare));
    }

    private static void Stories(HtmlBuilder html, ReportData data, DayFigures day)
    {
        var stories = data.Stories.Where(s => s.Articles.Any(a => a.Day == day.Name)).Take(MaxStories).ToList();
        html.Add($"""<section aria-labelledby="stories"><h2 id="stories">The day's widest stories</h2>""");
        if (stories.Count == 0)
            html.Add($"<p>No story of the day was carried twice.</p>");
        html.Add($"""<ol class="stories">""");
        foreach (var story in stories)
        {
            html.Add(
                $"""<li>{StoryLink(story)}<p class="meta">{Say.Count(story.Outlets, "outlet", "outlets")} · {Say.Count(story.Articles.Count, "article", "articles")} · {Say.Count(story.Copies, "copy", "copies")}""");
            if (story.Rewrites > 0)
                html.Add($" · {Say.Count(story.Rewrites, "rewrite", "rewrites")}");
            html.Add($" · first {story.Lead.Outlet}</p></li>");
        }

        html.Add($"""</ol><p class="more"><a href="stories.html">All stories and copies</a></p></section>""");
    }

    private static Markup StoryLink(Story story) => Markup.Of(html =>
        html.Add(
            $"""<a class="headline" href="{PageNames.Story(story.Id)}" dir="auto"{Bits.Language(story.Lead.Language)}>{Say.Cut(story.Lead.Title, 160)}</a>"""));

    private static void Stripped(HtmlBuilder html, ReportData data, DayFigures day)
    {
        html.Add($"""<section aria-labelledby="stripped"><h2 id="stripped">What was stripped</h2>""");
        var rules = data.Rules.Where(r => day.Rules.ContainsKey(r.Rule)).Select(r => (r.Rule, r.Reason, Blocks: day.Rules[r.Rule]))
            .OrderByDescending(r => r.Blocks).ThenBy(r => r.Rule, StringComparer.Ordinal).Take(8).ToList();
        if (rules.Count == 0)
            html.Add($"<p>Nothing was removed.</p>");
        var most = rules.Count == 0 ? 1 : rules.Max(r => r.Blocks);
        html.Add($"""<ul class="barlist">""");
        foreach (var rule in rules)
            html.Add(
                $"""<li><a href="stripped.html#{PageNames.Rule(rule.Rule)}">{Capital(rule.Reason)}</a><span class="n">{rule.Blocks}</span>{Svg.Share((double)rule.Blocks / most, "")}</li>""");
        html.Add($"""</ul><p class="more"><a href="stripped.html">By rule and by site, with examples</a></p></section>""");
    }

    private static void Volume(HtmlBuilder html, ReportData data)
    {
        var days = data.Days.Where(d => d.Name != StoreNames.Undated).ToList();
        if (days.Count < 2)
            return;
        html.Add($"""<section aria-labelledby="volume"><h2 id="volume">Records a day</h2>""");
        DayChart.Bars(
            html, "Records a day, by what they are to each other", days.ConvertAll(d => d.Name), TrendsPage.Kinds(days),
            v => Say.Count((long)v, "", "").Trim());
        html.Add($"</section>");
    }

    private static void Outlets(HtmlBuilder html, ReportData data, DayFigures day)
    {
        var sites = data.Sites.Where(s => s.Days.ContainsKey(day.Name))
            .OrderByDescending(s => s.Days[day.Name].Records)
            .ThenBy(s => s.Site, StringComparer.Ordinal)
            .Take(25)
            .ToList();
        if (sites.Count == 0)
            return;
        html.Add($"""<section aria-labelledby="outlets"><h2 id="outlets">Outlets of the day</h2>""");
        Bits.OpenTable(html, "Outlets of the day", "", "Outlet", "#Records", "#No text", "#Stripped", "Records by day");
        var names = data.Days.Where(d => d.Name != StoreNames.Undated).Select(d => d.Name).ToList();
        foreach (var site in sites)
        {
            var today = site.Days[day.Name];
            html.Add(
                $"""<tr><th scope="row"><a href="{PageNames.Site(site.Site)}"><bdi>{site.Outlet}</bdi></a></th><td class="n">{today.Records}</td><td class="n">{today.NoText}</td><td class="n">{Say.Share(today.RemovedShare)}</td><td>{Sparkline.Of(names.ConvertAll(n => site.Days.TryGetValue(n, out var d) ? d.Records : 0), "records a day")}</td></tr>""");
        }

        Bits.CloseTable(html);
        html.Add(
            $"""<p class="more"><a href="stripped.html#sites">{(data.Sites.Count == 1 ? "The site" : $"All {data.Sites.Count} sites")}</a></p></section>""");
    }

    internal static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
