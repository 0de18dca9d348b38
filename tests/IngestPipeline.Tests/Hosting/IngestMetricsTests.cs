using System.Diagnostics.Metrics;
using IngestPipeline.Deduplication;
using IngestPipeline.Fetching;
using IngestPipeline.Hosting;
using IngestPipeline.Records;

namespace IngestPipeline.Tests.Hosting;

public sealed class IngestMetricsTests : IDisposable
{
    private readonly IngestMetrics _metrics = new();
    private readonly List<string> _seen = [];
    private readonly MeterListener _listener = new();

    public IngestMetricsTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, _metrics.Meter))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Note(i, value, tags));
        _listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Note(i, value, tags));
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public void Names_units_and_tags_are_those_that_the_workbook_reads()
    {
        _metrics.Entry(EntryDisposition.NoLink);
        _metrics.Article(Disposition.FeedOnly);
        _metrics.Fetch(FetchStatus.NotArchived, isFeed: false, bytes: 12);
        _metrics.Stage("ReadFeed", TimeSpan.FromSeconds(1.5));
        _metrics.QueueAge("feeds", TimeSpan.FromSeconds(-1));
        _metrics.Decisions(CopyKind.Near, 3);
        _metrics.Stripped(removed: 25, kept: 75);
        _metrics.Quarantined("feeds");

        Assert.Equal(
            [
                "ingest.entries {entry} 1 disposition=no-link",
                "ingest.articles {article} 1 disposition=feed-only",
                "ingest.fetches {fetch} 1 status=not-archived",
                "ingest.fetch.bytes By 12 kind=page",
                "ingest.stage.duration s 1.5 stage=ReadFeed result=done",
                "ingest.queue.age s 0 queue=feeds",
                "ingest.decisions {decision} 3 kind=near",
                "ingest.removed.share 1 0.25",
                "ingest.quarantined {message} 1 queue=feeds",
            ],
            _seen);
    }

    [Fact]
    public void Latency_leaves_out_times_that_say_nothing_about_the_pipeline()
    {
        var now = new DateTimeOffset(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

        _metrics.RecordLatency(now.AddMinutes(5), now);
        _metrics.RecordLatency(DateTimeOffset.UnixEpoch, now);
        _metrics.RecordLatency(now.AddMinutes(-5), now);
        _metrics.Stripped(0, 0);

        Assert.Equal(["ingest.record.latency s 300"], _seen);
    }

    private void Note<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        where T : IFormattable
    {
        var line = $"{instrument.Name} {instrument.Unit} {value.ToString(null, System.Globalization.CultureInfo.InvariantCulture)}";
        foreach (var tag in tags)
            line += $" {tag.Key}={tag.Value}";
        lock (_seen)
            _seen.Add(line);
    }
}
