namespace IngestPipeline.Reports.Data;

/// <summary>Something that needs a person: what, why it matters or what to do, and where to look.</summary>
/// <param name="IsGrave">True when articles are being lost or damaged; false for what to keep an eye on.</param>
/// <param name="What">One line.</param>
/// <param name="Why">One sentence of advice.</param>
/// <param name="File">The page that shows it.</param>
internal sealed record Problem(bool IsGrave, string What, string Why, string File);
