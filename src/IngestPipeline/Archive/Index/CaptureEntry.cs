namespace IngestPipeline.Archive.Index;

/// <summary>A capture on its way into the index, with what is needed to resolve it.</summary>
/// <param name="Capture">The capture; its number is given by the index.</param>
internal sealed record CaptureEntry(Capture Capture)
{
    /// <summary>True when the content is an HTML or plain-text page that may be an article.</summary>
    public bool IsPage { get; init; }

    /// <summary>True for a failure that trying again would not mend, such as what robots.txt forbids: it answers for the URL.</summary>
    public bool IsFinalFailure { get; init; }

    /// <summary>The record's id and payload digest, for revisits that refer to them.</summary>
    public string? RecordId { get; init; }

    /// <inheritdoc cref="RecordId"/>
    public string? PayloadDigest { get; init; }

    /// <summary>What a revisit, or a 304, says that it refers to; null for a capture with its own payload.</summary>
    public RevisitTarget? Target { get; init; }

    /// <summary>True when the URL was read in the page itself, so that another page may claim it too.</summary>
    public bool IsSelfNamed { get; init; }

    /// <summary>A file's path in its folder, with <c>/</c>; null for a record.</summary>
    public string? RelativePath { get; init; }
}

/// <summary>What a revisit says that it refers to.</summary>
internal sealed record RevisitTarget(string? RecordId, string? Uri, DateTimeOffset? Date, string? PayloadDigest);
