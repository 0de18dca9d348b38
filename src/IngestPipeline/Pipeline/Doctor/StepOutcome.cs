namespace IngestPipeline.Pipeline.Doctor;

/// <summary>How a step of a diagnosis went.</summary>
public enum StepOutcome
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It works, but not as well as it could.</summary>
    Warning,

    /// <summary>This is why the address does not work.</summary>
    Failed,
}
