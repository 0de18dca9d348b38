using IngestPipeline.Feeds.Polling;
using IngestPipeline.Records;
using IngestPipeline.Reports.Charts;
using IngestPipeline.Reports.Data;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Pages;

/// <summary>The feeds: health, last success, interval, entries a day, errors in words and what to do.</summary>
internal static class FeedsPage
{
    public static void Write(HtmlBuilder html, ReportData data) => PageFrame.Write(html, PageNames.Feeds, PageNames.Feeds, "Feeds", _ =>
    {
        html.Add($"""<h1>Feeds</h1><p class="lead">{Say.Count(data.Feeds.Count, "feed", "feeds")}""");
        if (data.IsLive)
            html.Add($", {Say.Count(data.Feeds.Count(f => f.IsUnwell), "needs", "need")} a look");
        html.Add($".</p>");
        if (!data.IsLive && data.Feeds.Count > 0)
            html.Add($"""<p class="meta">This store was replayed from an archive, so no feed has a state of its own: what is shown are its records.</p>""");
        if (data.Feeds.Count == 0)
        {
            html.Add($"<p>No record names a feed: its pages were taken from the archive as they are.</p>");
            return;
        }

        Unwell(html, data.Feeds);
        Table(html, data);
    });

    private static void Unwell(HtmlBuilder html, IEnumerable<FeedFigures> feeds)
    {
        var unwell = feeds.Where(f => f.IsUnwell).ToList();
        if (unwell.Count == 0)
            return;
        html.Add($"""<section aria-labelledby="unwell"><h2 id="unwell">Look at these</h2><ul class="problems">""");
        foreach (var feed in unwell.Take(100))
        {
            var grave = feed.State!.Health is FeedHealth.Dead or FeedHealth.Stopped;
            html.Add(
                $"""<li class="{(grave ? "grave" : "mild")}"><strong><bdi>{feed.Title ?? feed.Url}</bdi></strong><span>{feed.State.Problem ?? "It is " + Health(feed.State.Health) + "."}</span>""");
            html.Add(
                $"""<span class="meta">{Say.Count(feed.State.Failures, "failure", "failures")} in a row; last success {Bits.Time(feed.State.LastSuccess)}</span></li>""");
        }

        html.Add($"</ul></section>");
    }

    private static void Table(HtmlBuilder html, ReportData data)
    {
        html.Add($"""<section aria-labelledby="all"><h2 id="all">All feeds</h2>""");
        var names = data.Days.Where(d => d.Name != StoreNames.Undated).Select(d => d.Name).ToList();
        if (data.IsLive)
            Bits.OpenTable(html, "All feeds", "filter", "Feed", "Health", "Last success", "Polled every", "#Records", "#No text", "Records by day");
        else
            Bits.OpenTable(html, "All feeds", "filter", "Feed", "Newest article", "#Records", "#No text", "Records by day");
        foreach (var feed in data.Feeds)
        {
            html.Add(
                $"""<tr><th scope="row"><bdi>{feed.Title ?? "(no title)"}</bdi><span class="sub">{Bits.Outside(feed.Url, Say.Cut(feed.Url, 70))}</span></th>""");
            if (data.IsLive)
                Health(html, feed.State);
            else
                html.Add($"<td>{Bits.Time(feed.LastArticle)}</td>");
            html.Add(
                $"""<td class="n">{feed.Records}</td><td class="n">{feed.NoText}</td><td>{Sparkline.Of(names.ConvertAll(n => feed.Days.GetValueOrDefault(n)), "records a day")}</td></tr>""");
        }

        Bits.CloseTable(html);
        html.Add($"</section>");
    }

    private static void Health(HtmlBuilder html, FeedState? state)
    {
        if (state is null)
        {
            html.Add($"<td>not polled</td><td>–</td><td>–</td>");
            return;
        }

        var tone = state.Health switch
        {
            FeedHealth.Healthy => "good",
            FeedHealth.Dead or FeedHealth.Stopped => "bad",
            FeedHealth.Failing or FeedHealth.Silent => "fair",
            _ => "plain",
        };
        html.Add($"""<td><span class="chip t-{tone}">{Health(state.Health)}</span></td><td>{Bits.Time(state.LastSuccess)}</td>""");
        if (state.NextPoll is { } next && state.LastPoll is { } last && next > last)
            html.Add($"<td>{Say.Duration(next - last)}</td>");
        else
            html.Add($"<td>–</td>");
    }

    private static string Health(FeedHealth health) => health switch
    {
        FeedHealth.New => "new",
        FeedHealth.Healthy => "healthy",
        FeedHealth.Failing => "failing",
        FeedHealth.Dead => "dead",
        FeedHealth.Silent => "silent",
        FeedHealth.Stopped => "stopped",
        _ => "unknown",
    };
}
