using IngestPipeline.Records;

namespace IngestPipeline.Pipeline;

/// <summary>How many articles ended one way for one reason.</summary>
/// <param name="Disposition">How they ended.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many.</param>
public sealed record ReasonCount(Disposition Disposition, string Reason, int Count);
