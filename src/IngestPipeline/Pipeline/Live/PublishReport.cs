using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using IngestPipeline.Hosting;
using IngestPipeline.Records;
using IngestPipeline.Reports;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>Writes the figures of now as a plain page and as JSON, and the report as a site, all under <c>reports/</c>. Roll-ups are the deduplication's, which alone may change its manifest.</summary>
public sealed class PublishReport
{
    private readonly LiveStore _store;
    private readonly StatusReader _status;
    private readonly IngestMetrics _metrics;
    private readonly TimeProvider _time;

    /// <summary>Wires the stage.</summary>
    public PublishReport(LiveStore store, StatusReader status, TimeProvider time, IngestMetrics metrics) =>
        (_store, _status, _time, _metrics) = (store, status, time, metrics);

    /// <summary>Writes both in place of the last ones.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var activity = TraceContext.Start(nameof(PublishReport), kind: ActivityKind.Internal);
        await _metrics.StageAsync(nameof(PublishReport), _time, () => WriteAsync(cancellation)).ConfigureAwait(false);
    }

    private async Task WriteAsync(CancellationToken cancellation)
    {
        var figures = await _status.ReadAsync(cancellation).ConfigureAwait(false);
        foreach (var (health, count) in figures.Feeds)
            _metrics.Feeds(health, count);
        var hasReport = await _store.Root.ReadAsync(StoreNames.Header, cancellation).ConfigureAwait(false) is not null;
        await _store.Root.WriteBatchAsync(
            [new BlobWrite(StoreNames.LiveReport, Encoding.UTF8.GetBytes(Page(figures, hasReport))), new BlobWrite(StoreNames.Status, LiveFiguresJson.Write(figures))],
            cancellation).ConfigureAwait(false);
        // Before the first run has made the store there is nothing to report about.
        if (!hasReport)
            return;
        var report = await ReportSite.PublishAsync(_store.Root, cancellation: cancellation).ConfigureAwait(false);
        await KeepAsync(report.Sources, cancellation).ConfigureAwait(false);
    }

    private async Task KeepAsync(SourceHealth sources, CancellationToken cancellation)
    {
        var before = await StatusReader.SourcesAsync(_store.Root, cancellation).ConfigureAwait(false);
        if (before.Flags.SequenceEqual(sources.Flags))
            return;
        await _store.Root.WriteBatchAsync([new BlobWrite(StoreNames.Sources, sources.ToJson())], cancellation).ConfigureAwait(false);
        foreach (var site in sources.Sites.Except(before.Sites, StringComparer.Ordinal))
            _metrics.SourceChanged(site, isSteady: false);
        foreach (var site in before.Sites.Except(sources.Sites, StringComparer.Ordinal))
            _metrics.SourceChanged(site, isSteady: true);
    }

    private static string Page(LiveFigures figures, bool hasReport)
    {
        var html = new StringBuilder(
            """
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>IngestPipeline</title>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'"><meta name="viewport" content="width=device-width"></head><body>
            <h1>IngestPipeline</h1>

            """);
        html.Append(CultureInfo.InvariantCulture, $"<p>{Text(figures.Store)}, {RecordJson.Time(figures.At)}, version {Text(figures.PipelineVersion)}</p>\n");
        if (hasReport)
            html.Append("<p><a href=\"index.html\">The report</a></p>\n");
        Table(html, "Now", [("pending", figures.Pending), ("looked at again later", figures.Rechecks), ("waiting for a decision", figures.Inbox), ("set aside", figures.Quarantined)]);
        Table(html, "Articles", figures.Total.Select(t => (RecordJson.Name(t.Key), t.Value)));
        Table(html, "Feeds", figures.Feeds.Select(f => (f.Key, (long)f.Value)));
        Table(html, "Queues", figures.Queues.Select(q => (q.Key, (long)q.Value)));
        foreach (var (day, counts) in figures.Days)
            Table(html, day, counts.OrderBy(c => c.Key).Select(c => (RecordJson.Name(c.Key), c.Value)));
        if (figures.Troubled.Count > 0)
        {
            html.Append("<h2>Feeds to look at</h2><ul>\n");
            foreach (var (url, health, problem) in figures.Troubled)
                html.Append(CultureInfo.InvariantCulture, $"<li>{Text(url)}: {Text(health)}, {Text(problem)}</li>\n");
            html.Append("</ul>\n");
        }

        if (figures.Sources.Count > 0)
        {
            html.Append("<h2>Sources that look different</h2><ul>\n");
            foreach (var flag in figures.Sources)
                html.Append(CultureInfo.InvariantCulture, $"<li>{Text(flag.Site)}, {Text(flag.Day)}: {Text(flag.What)} {Text(flag.Before)} → {Text(flag.After)}</li>\n");
            html.Append("</ul>\n");
        }

        return html.Append("</body></html>\n").ToString();
    }

    private static void Table(StringBuilder html, string title, IEnumerable<(string Name, long Value)> rows)
    {
        html.Append(CultureInfo.InvariantCulture, $"<h2>{Text(title)}</h2><table>\n");
        foreach (var (name, value) in rows)
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{Text(name)}</th><td>{value}</td></tr>\n");
        html.Append("</table>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
