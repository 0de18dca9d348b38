namespace IngestPipeline.Pipeline;

/// <summary>The outcome of a replay: a summary, or the one line that says why it did not run.</summary>
/// <param name="Summary">What it did; null when it refused.</param>
/// <param name="Refusal">Why it refused and what to do.</param>
public sealed record ReplayResult(ReplaySummary? Summary, string? Refusal = null);
