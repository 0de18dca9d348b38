namespace IngestPipeline.Reports.Data;

/// <summary>Percentiles of the time from a page's own date of publication to the moment at which it was first seen.</summary>
internal sealed record LatencyFigures(TimeSpan P50, TimeSpan P90, TimeSpan P99)
{
    /// <summary>Longer ones say that an old page was met, not that the pipeline was slow.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3);

    /// <summary>The percentiles; null for fewer than five times.</summary>
    public static LatencyFigures? Of(List<TimeSpan> times)
    {
        if (times.Count < 5)
            return null;
        times.Sort();
        return new(At(times, 50), At(times, 90), At(times, 99));
    }

    // The nearest-rank percentile: always a time that was measured.
    private static TimeSpan At(List<TimeSpan> times, int percent) => times[Math.Max(0, ((times.Count * percent) + 99) / 100 - 1)];
}
