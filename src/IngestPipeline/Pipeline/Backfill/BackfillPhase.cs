namespace IngestPipeline.Pipeline.Backfill;

/// <summary>How far a back-fill is.</summary>
public enum BackfillPhase
{
    /// <summary>Its archive's files are read.</summary>
    Scanning,

    /// <summary>Its articles are extracted.</summary>
    Extracting,

    /// <summary>Every article is extracted; copies are decided about and records are written.</summary>
    Deciding,

    /// <summary>The run is whole and current.</summary>
    Done,

    /// <summary>It was given up; the reason says why.</summary>
    Refused,
}
