namespace IngestPipeline.Reports.Data;

/// <summary>How a day's articles ended, those without a record too, and how long they took from the feed to the record.</summary>
/// <param name="Dispositions">Articles by how they ended, each counted once.</param>
/// <param name="Latency">Percentiles of the time from first seen to record: 50, 90 and 99; null where it was not measured.</param>
internal sealed record DayLedger(IReadOnlyDictionary<string, int> Dispositions, LatencyFigures? Latency)
{
    public int Total => Dispositions.Values.Sum();
}
