namespace IngestPipeline.Verification;

/// <summary>What must hold of a store between two runs, whatever happened in them.</summary>
public enum StoreInvariant
{
    /// <summary>Every accepted article is pending or has ended exactly once: in = out + pending.</summary>
    Accounted,

    /// <summary>Every group of copies has exactly one canonical record.</summary>
    OneCanonical,

    /// <summary>What is derived is what its sources give: records, changes log, roll-ups.</summary>
    Derived,

    /// <summary>What a manifest names is there, with its length and hash, and every record is reachable.</summary>
    Complete,

    /// <summary>No feed's state runs ahead of durable work.</summary>
    FeedsBehind,

    /// <summary>What was forgotten is not there.</summary>
    Forgotten,
}
