namespace IngestPipeline.Deduplication;

/// <summary>What the stages of the copy decision did since the start, so that growth can be found where it is.</summary>
internal sealed class CopyCounts
{
    /// <summary>Postings of shared anchors that were met.</summary>
    public long Anchors { get; set; }

    /// <summary>Articles that these name twice, or that one names and that are hardly more than a headline.</summary>
    public long Met { get; set; }

    /// <summary>Pairs of texts that were compared.</summary>
    public long Compared { get; set; }

    /// <summary>Those that share passages.</summary>
    public long Related { get; set; }

    /// <summary>Postings of shared telling words that were met.</summary>
    public long Words { get; set; }

    /// <summary>Pairs whose telling words were compared.</summary>
    public long Cosines { get; set; }

    /// <summary>Those that are on one event or nearly so.</summary>
    public long Reports { get; set; }

    /// <summary>Pairs that were looked at as rewrites.</summary>
    public long Rewrites { get; set; }

    /// <summary>Texts in the components that were grouped.</summary>
    public long Grouped { get; set; }

    /// <summary>Texts in the components that were gathered into stories.</summary>
    public long Gathered { get; set; }

    /// <summary>Cards that were read back.</summary>
    public long Cards { get; set; }

    /// <summary>All of them, by name.</summary>
    public IEnumerable<(string Name, long Count)> All =>
    [
        ("anchor postings", Anchors), ("articles met twice", Met), ("texts compared", Compared), ("sharing", Related), ("word postings", Words),
        ("words compared", Cosines), ("on one event", Reports), ("rewrites tried", Rewrites), ("texts grouped", Grouped), ("gathered to stories", Gathered),
        ("cards read", Cards),
    ];
}
