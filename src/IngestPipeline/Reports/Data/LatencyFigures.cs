namespace IngestPipeline.Reports.Data;

/// <summary>Percentiles of the time from an entry's first sight to its record.</summary>
internal sealed record LatencyFigures(TimeSpan P50, TimeSpan P90, TimeSpan P99, int Count);
