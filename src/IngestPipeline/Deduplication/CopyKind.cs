namespace IngestPipeline.Deduplication;

/// <summary>How an article relates to the others that were seen.</summary>
public enum CopyKind
{
    /// <summary>Nobody else carries it.</summary>
    Unique,

    /// <summary>Others are copies of it.</summary>
    Original,

    /// <summary>The same normalised text as the canonical article.</summary>
    Exact,

    /// <summary>The canonical article edited, cut, padded or merged.</summary>
    Near,

    /// <summary>An earlier or later write-through, correction or update of the canonical article.</summary>
    Version,

    /// <summary>The same report in other words; it keeps its own canonical id.</summary>
    Rewrite,
}
