namespace IngestPipeline.Pipeline.Doctor;

/// <summary>What happened when an address was fetched and read, step by step.</summary>
/// <param name="Url">The address.</param>
/// <param name="Steps">The steps, in order; the last one is the one that failed, where one did.</param>
/// <param name="Verdict">The outcome in one sentence.</param>
public sealed record Diagnosis(Uri Url, IReadOnlyList<DiagnosisStep> Steps, string Verdict)
{
    /// <summary>True when the address gives entries or an article.</summary>
    public bool Works => Steps.All(s => s.Outcome != StepOutcome.Failed);
}
