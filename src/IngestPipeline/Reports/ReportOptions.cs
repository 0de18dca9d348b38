namespace IngestPipeline.Reports;

/// <summary>What a report covers.</summary>
public sealed record ReportOptions
{
    /// <summary>How many of the newest days that hold records, from 1 on. Undated input is always shown.</summary>
    public int Days { get; init; } = 30;

    /// <summary>Older days are left out when there are more articles than this; the newest day is always shown.</summary>
    public int MaxArticles { get; init; } = 20_000;

    /// <summary>True for a report within its own store, beside the page of a live pipeline's figures.</summary>
    internal bool IsInStore { get; init; }
}
