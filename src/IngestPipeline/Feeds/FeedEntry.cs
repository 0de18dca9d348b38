namespace IngestPipeline.Feeds;

/// <summary>One entry of a feed, in document order.</summary>
public sealed record FeedEntry
{
    /// <summary>The entry's GUID, atom:id or JSON Feed id, as given.</summary>
    public string? Id { get; init; }

    /// <summary>The headline.</summary>
    public string? Title { get; init; }

    /// <summary>The article's address, absolute where a base is known.</summary>
    public string? Link { get; init; }

    /// <summary>The article's address behind a tracking one, where the feed names it (feedburner:origLink).</summary>
    public string? OriginalLink { get; init; }

    /// <summary>When the entry says it was published.</summary>
    public DateTimeOffset? Published { get; init; }

    /// <summary>When the entry says it last changed.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>The authors' names.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>True when the entry names no author and <see cref="Authors"/> are the feed's own, managing editors included.</summary>
    public bool AuthorsAreTheFeeds { get; init; }

    /// <summary>The summary, as the markup it carried.</summary>
    public string? Summary { get; init; }

    /// <summary>The full content, as the markup it carried.</summary>
    public string? Content { get; init; }

    /// <summary>The categories' terms.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Attached media.</summary>
    public IReadOnlyList<FeedEnclosure> Enclosures { get; init; } = [];
}
