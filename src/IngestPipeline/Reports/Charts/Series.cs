namespace IngestPipeline.Reports.Charts;

/// <summary>One named row of values of a chart.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="Class">The class that gives its colour.</param>
/// <param name="Values">A value for each column; NaN for none.</param>
internal sealed record Series(string Name, string Class, IReadOnlyList<double> Values);
