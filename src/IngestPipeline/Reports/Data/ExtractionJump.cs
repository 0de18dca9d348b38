namespace IngestPipeline.Reports.Data;

/// <summary>A site whose extraction changed from one day to the next, beyond what its days vary by.</summary>
/// <param name="Site">The site.</param>
/// <param name="Day">The day on which it changed.</param>
/// <param name="What">What changed, in words.</param>
/// <param name="Before">The figure before.</param>
/// <param name="After">The figure on the day.</param>
internal sealed record ExtractionJump(SiteFigures Site, string Day, string What, string Before, string After);
