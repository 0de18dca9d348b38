namespace IngestPipeline.Pipeline.Live;

/// <summary>How the live stages work. None of it changes what is written about a capture.</summary>
public sealed record LiveOptions
{
    /// <summary>
    /// The least time between a poll and the first fetch of what it named: polls that were captured before it, in another worker, can still name the
    /// article first, as a replay has it.
    /// </summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The gap between two articles of one poll on one host; a hint, so that most are not asked for too early.</summary>
    public TimeSpan Spread { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// When a page that gave its text, or that could not be had (after all tries, or 404), is looked at again, counted from its last capture; empty =
    /// never. Ascending.
    /// </summary>
    public IReadOnlyList<TimeSpan> Rechecks { get; init; } = [TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24)];

    /// <summary>How long a worker has an article or a feed for itself; a dead worker's work is taken over after it.</summary>
    public TimeSpan Claim { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// What a claim's worker has captured later than this after its claim does not count: the rest of the claim is for clocks that differ and for the write
    /// itself.
    /// </summary>
    internal TimeSpan Keep => Claim * 0.75;

    /// <summary>How long after its time pending work counts as overdue and is queued again.</summary>
    public TimeSpan Overdue { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The first wait after an answer that may be better later; it doubles with each further one.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The most articles that one publication decides about.</summary>
    public int Batch { get; init; } = 500;

    /// <summary>The most publications of one run of the deduplication.</summary>
    public int Batches { get; init; } = 20;

    /// <summary>How often a message is delivered before it is set aside.</summary>
    public int MaxDeliveries { get; init; } = 5;

    /// <summary>The most entries of a feed that are remembered.</summary>
    public int MaxEntries { get; init; } = 5_000;

    /// <summary>How long things are kept; what is older is let go once a day.</summary>
    public Retention.RetentionOptions Retention { get; init; } = new();

    /// <summary>The most archive files that one message of a back-fill scans.</summary>
    public int SegmentFiles { get; init; } = 2_000;

    /// <summary>The bytes of archive files that one message of a back-fill scans at most, unless a single file has more.</summary>
    public long SegmentBytes { get; init; } = 256L << 20;

    /// <summary>The most articles that one message of a back-fill extracts.</summary>
    public int SegmentArticles { get; init; } = 250;

    /// <summary>Where temporary indexes are kept; null = the system's folder for temporary files.</summary>
    public string? TemporaryFolder { get; init; }
}
