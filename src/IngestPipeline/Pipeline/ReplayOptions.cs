using IngestPipeline.Extraction;

namespace IngestPipeline.Pipeline;

/// <summary>How an archive is replayed. Only <see cref="Articles"/>, <see cref="Feeds"/> and <see cref="Pipeline"/> change what is written.</summary>
public sealed record ReplayOptions
{
    /// <summary>Which pages are articles.</summary>
    public ArticleChoice Articles { get; init; } = ArticleChoice.Auto;

    /// <summary>How many pages are worked on at once: 1 to 256. The output is the same for any number.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>True to write a run of its own beside what another version wrote.</summary>
    public bool NewRun { get; init; }

    /// <summary>Options that are part of the pipeline version.</summary>
    public PipelineOptions Pipeline { get; init; } = new();

    /// <summary>
    /// The list of feeds that the archive was made by: its patterns leave out the entries that they left out live. Null = every entry counts.
    /// </summary>
    public Feeds.Lists.FeedList? Feeds { get; init; }

    /// <summary>Where temporary indexes are kept; null = the system's folder for temporary files.</summary>
    public string? TemporaryFolder { get; init; }

    /// <summary>Who extracts, for one that has read its models already; null = a new one.</summary>
    internal ArticleExtractor? Extractor { get; init; }
}
