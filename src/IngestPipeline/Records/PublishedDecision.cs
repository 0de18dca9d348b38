using IngestPipeline.Deduplication;

namespace IngestPipeline.Records;

/// <summary>A decision as it was published: with the article facts that the view needs, and what it replaced.</summary>
public sealed record PublishedDecision
{
    internal const string Forgotten = "forgotten";
    internal const string Expired = "expired";

    /// <summary>The content hash in a removal: nothing is said of the text.</summary>
    internal const string NoContent = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>What was decided.</summary>
    public required CopyDecision Decision { get; init; }

    /// <summary>1 for the first decision about the article, one more for each change. The highest wins.</summary>
    public required int Revision { get; init; }

    /// <summary>
    /// Why it was published: the article is <c>new</c>, its text was <c>revised</c>, others <c>regrouped</c> it, or it is taken out:
    /// <c>forgotten</c> on demand or <c>expired</c> by age.
    /// </summary>
    public required string Cause { get; init; }

    /// <summary>True when the article is taken out: it has no record any more, and the canonical id leads to what stands for its group now.</summary>
    public bool IsRemoval => Cause is Forgotten or Expired;

    /// <summary>The canonical id before; null for a first decision.</summary>
    public string? PreviousCanonicalId { get; init; }

    /// <summary>The kind before; null for a first decision.</summary>
    public CopyKind? PreviousKind { get; init; }

    /// <summary>The story id before; null for a first decision.</summary>
    public string? PreviousStoryId { get; init; }

    /// <summary>The article's revision that was decided about.</summary>
    public required int ArticleRevision { get; init; }

    /// <summary>When the article was first seen.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>When the decided revision was captured.</summary>
    public DateTimeOffset? Captured { get; init; }

    /// <summary>The decided revision's content hash.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The outlet's name.</summary>
    public string? Outlet { get; init; }

    /// <summary>The article's address.</summary>
    public string? Url { get; init; }

    /// <summary>The headline.</summary>
    public string? Title { get; init; }

    /// <summary>False for an article of which the decided revision has the headline alone.</summary>
    internal bool HasText => !IsRemoval && ContentHash != ArticleId.ContentHash(Title, "");

    /// <summary>The article's id.</summary>
    public string Id => Decision.Id;

    /// <summary>The article's day.</summary>
    public string Day => StoreNames.Day(FirstSeen);
}
