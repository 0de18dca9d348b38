namespace IngestPipeline.Reports.Data;

/// <summary>How a day's articles ended, those without a record too.</summary>
/// <param name="Dispositions">Articles by how they ended, each counted once.</param>
internal sealed record DayLedger(IReadOnlyDictionary<string, long> Dispositions)
{
    public long Total => Dispositions.Values.Sum();
}
