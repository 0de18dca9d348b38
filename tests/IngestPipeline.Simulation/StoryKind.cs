namespace IngestPipeline.Simulation;

/// <summary>What is special about a page of the simulated web.</summary>
internal enum StoryKind
{
    Plain,

    /// <summary>404 from the start.</summary>
    Missing,

    /// <summary>Its text and headline change after fifty minutes.</summary>
    Corrected,

    /// <summary>robots.txt forbids it.</summary>
    Forbidden,

    /// <summary>Redirects to another address.</summary>
    Moved,
}
