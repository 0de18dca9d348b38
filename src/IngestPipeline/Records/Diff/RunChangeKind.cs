namespace IngestPipeline.Records.Diff;

/// <summary>What happened to an article from one run to another.</summary>
public enum RunChangeKind
{
    /// <summary>The later run alone has it.</summary>
    Added,

    /// <summary>The earlier run alone has it.</summary>
    Lost,

    /// <summary>Both have it, with differences.</summary>
    Changed,
}
