namespace IngestPipeline.Verification;

/// <summary>Whether a problem can be mended.</summary>
public enum ProblemState
{
    /// <summary>A repair would mend it.</summary>
    Repairable,

    /// <summary>This run mended it.</summary>
    Repaired,

    /// <summary>A person has to do something.</summary>
    ByHand,
}
