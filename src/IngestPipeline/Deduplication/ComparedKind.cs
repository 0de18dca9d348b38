namespace IngestPipeline.Deduplication;

/// <summary>How two articles stand to each other.</summary>
public enum ComparedKind
{
    /// <summary>They have nothing to do with each other.</summary>
    Apart,

    /// <summary>Independent reports of one event.</summary>
    Story,

    /// <summary>One tells the other's report in other words.</summary>
    Rewrite,

    /// <summary>One is a later state of the other.</summary>
    Version,

    /// <summary>One is the other edited, cut, padded or merged.</summary>
    Near,

    /// <summary>The same normalised text.</summary>
    Exact,
}
