namespace IngestPipeline.Simulation;

/// <summary>How one effect goes wrong.</summary>
internal enum Fault
{
    None,

    /// <summary>The process dies before the effect.</summary>
    DiesBefore,

    /// <summary>The process dies after the effect and before its reply.</summary>
    DiesAfter,

    /// <summary>The service fails before the effect.</summary>
    FailsBefore,

    /// <summary>The effect happens and its reply is lost.</summary>
    FailsAfter,
}
