namespace IngestPipeline.Reports.Data;

/// <summary>A live pipeline's figures at one moment, as far as a report shows them.</summary>
/// <param name="At">When they were taken.</param>
/// <param name="Pending">Articles that have not ended.</param>
/// <param name="Quarantined">Messages that were set aside.</param>
internal sealed record LiveStatus(DateTimeOffset? At, int Pending, int Quarantined);
