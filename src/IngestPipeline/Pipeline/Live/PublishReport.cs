using System.Diagnostics;
using IngestPipeline.Hosting;
using IngestPipeline.Records;
using IngestPipeline.Reports;
using IngestPipeline.Storage;

namespace IngestPipeline.Pipeline.Live;

/// <summary>Writes the report as a site and the figures as JSON, under <c>reports/</c>. Roll-ups are the deduplication's, which alone may change its manifest.</summary>
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
        var started = _time.GetTimestamp();
        var figures = await _status.ReadAsync(cancellation).ConfigureAwait(false);
        foreach (var (health, count) in figures.Feeds)
            _metrics.Feeds(health, count);
        await _store.Root.WriteBatchAsync([new BlobWrite(StoreNames.Status, LiveFiguresJson.Write(figures))], cancellation).ConfigureAwait(false);
        // Before the first run has made the store there is nothing to report about.
        if (await _store.Root.ReadAsync(StoreNames.Header, cancellation).ConfigureAwait(false) is not null)
            await ReportSite.PublishAsync(_store.Root, cancellation: cancellation).ConfigureAwait(false);
        _metrics.Stage(nameof(PublishReport), _time.GetElapsedTime(started));
    }
}
