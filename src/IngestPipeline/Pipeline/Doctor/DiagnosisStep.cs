namespace IngestPipeline.Pipeline.Doctor;

/// <summary>One step on the way from an address to entries or an article.</summary>
/// <param name="Name">The step, in a word or two.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="Text">What happened, in words.</param>
public sealed record DiagnosisStep(string Name, StepOutcome Outcome, string Text);
