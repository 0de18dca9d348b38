using IngestPipeline.Records;

namespace IngestPipeline.Reports;

/// <summary>What a report came to.</summary>
/// <param name="Location">Where it is.</param>
/// <param name="Articles">Articles that have a page.</param>
/// <param name="Pages">Pages in all.</param>
/// <param name="Changed">Files that were written, as they were missing or different.</param>
/// <param name="LatestDay">The day that the first page shows; null when the store holds no records.</param>
/// <param name="Problems">Problems that the first page names.</param>
public sealed record ReportResult(string Location, int Articles, int Pages, int Changed, string? LatestDay, int Problems)
{
    /// <summary>The sources whose articles changed on one of the latest days.</summary>
    public SourceHealth Sources { get; init; } = SourceHealth.Empty;
}
