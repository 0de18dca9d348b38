using System.Globalization;
using IngestPipeline.Hosting;
using IngestPipeline.Pipeline.Live;
using IngestPipeline.Records;
using IngestPipeline.Reports.Html;

namespace IngestPipeline.Reports.Pages;

/// <summary>A live pipeline's figures of one moment. It stands beside the report in the store, and before the first record it stands there alone.</summary>
internal static class LivePage
{
    public static void Write(HtmlBuilder html, LiveFigures figures) => PageFrame.Write(html, PageNames.Live, PageNames.Today, "Now", _ =>
    {
        html.Add($"""<p class="eyebrow">Now</p><h1>{(figures.IsHealthy ? "The pipeline is well" : "The pipeline needs a look")}</h1>""");
        html.Add(
            $"""<p class="lead">As it stood at {Bits.Time(figures.At)}, in {SafeText.Of(figures.Store)}. Written with pipeline version {figures.PipelineVersion}.</p><dl class="cards">""");
        Card(html, "Pending", figures.Pending, "articles with requests that have not ended");
        Card(html, "Waiting for a decision", figures.Inbox, "the deduplication takes them next");
        Card(html, "To be looked at again", figures.Rechecks, "pages that may change");
        Card(html, "Set aside", figures.Quarantined, figures.Quarantined == 0 ? "nothing failed for good" : "see ingest quarantine list");
        html.Add($"</dl>\n");
        Table(html, "How articles ended, by day", "Day", figures);
        html.Add($"""<div class="columns"><div>""");
        Table(html, "Feeds by health", "Health", figures.Feeds.Select(f => (f.Key, (long)f.Value)));
        html.Add($"</div><div>");
        Table(html, "Messages in queues", "Queue", figures.Queues.Select(q => (q.Key, (long)q.Value)));
        html.Add($"</div></div>");
        List(html, "Feeds to look at", figures.Troubled.Select(t => (t.Url, $"{t.Health}: {t.Problem}")));
        List(html, "Sources that look different", figures.Sources.Select(s => (s.Site, $"{s.Day}: {s.What} {s.Before} → {s.After}")));
    });

    private static void Card(HtmlBuilder html, string label, int value, string note) =>
        Bits.Card(html, label, value.ToString("#,0", CultureInfo.InvariantCulture), note);

    private static void Table(HtmlBuilder html, string title, string first, LiveFigures figures)
    {
        var ends = figures.Total.Keys.Order().ToList();
        if (ends.Count == 0)
            return;
        html.Add($"<h2>{title}</h2>");
        Bits.OpenTable(html, title, "", [first, .. ends.Select(e => "#" + Words.Disposition(RecordJson.Name(e)))]);
        foreach (var (day, counts) in figures.Days)
            Row(html, day, [.. ends.Select(e => counts.GetValueOrDefault(e))]);
        Row(html, "In all", [.. ends.Select(e => figures.Total[e])]);
        Bits.CloseTable(html);
    }

    private static void Table(HtmlBuilder html, string title, string first, IEnumerable<(string Name, long Value)> rows)
    {
        html.Add($"<h2>{title}</h2>");
        Bits.OpenTable(html, title, "", first, "#Number");
        foreach (var (name, value) in rows)
            Row(html, name, value);
        Bits.CloseTable(html);
    }

    private static void Row(HtmlBuilder html, string name, params ReadOnlySpan<long> values)
    {
        html.Add($"""<tr><th scope="row">{name}</th>""");
        foreach (var value in values)
            html.Add($"""<td class="n">{value}</td>""");
        html.Add($"</tr>\n");
    }

    private static void List(HtmlBuilder html, string title, IEnumerable<(string What, string Why)> rows)
    {
        var lines = rows.ToList();
        if (lines.Count == 0)
            return;
        html.Add($"""<h2>{title}</h2><ul class="problems">""");
        foreach (var (what, why) in lines)
            html.Add($"""<li class="mild"><strong>{what}</strong><span>{why}</span></li>""");
        html.Add($"</ul>\n");
    }
}
