using System.Diagnostics;
using IngestPipeline.Hosting;
using IngestPipeline.Records;
using IngestPipeline.Reports;
using IngestPipeline.Reports.Html;
using IngestPipeline.Reports.Pages;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>
/// Writes the figures of now as a page and as JSON, and the report as a site, all under <c>reports/</c>. Roll-ups are the deduplication's, which alone may
/// change its manifest.
/// </summary>
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
        await _store.Root.WriteBatchAsync(
            [new BlobWrite(StoreNames.LiveReport, Page(figures)), new BlobWrite(StoreNames.Status, LiveFiguresJson.Write(figures))],
            cancellation).ConfigureAwait(false);
        // Before the first run has made the store there is nothing to report about.
        if (await _store.Root.ReadAsync(StoreNames.Header, cancellation).ConfigureAwait(false) is null)
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

    private static byte[] Page(LiveFigures figures)
    {
        var html = new HtmlBuilder();
        LivePage.Write(html, figures);
        return html.ToUtf8();
    }
}
