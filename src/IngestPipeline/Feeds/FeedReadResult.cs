namespace IngestPipeline.Feeds;

/// <summary>What reading a feed document gave: its entries, what had to be repaired, and how far it got.</summary>
public sealed record FeedReadResult
{
    /// <summary>The format, or <see cref="FeedFormat.None"/> when the document is not a feed.</summary>
    public required FeedFormat Format { get; init; }

    /// <summary>Whether the bytes are well-formed XML; null for what is not XML.</summary>
    public bool? WellFormed { get; init; }

    /// <summary>The feed's own fields.</summary>
    public Feed Feed { get; init; } = new();

    /// <summary>The entries in document order.</summary>
    public IReadOnlyList<FeedEntry> Entries { get; init; } = [];

    /// <summary>What was wrong and mended, one short English phrase each.</summary>
    public IReadOnlyList<string> Repairs { get; init; } = [];

    /// <summary>Why the document is not a feed, or why reading stopped before its end; null when it was read to the end.</summary>
    public string? Error { get; init; }

    /// <summary>True when the document is a feed, repaired or empty ones included.</summary>
    public bool IsFeed => Format != FeedFormat.None;
}
