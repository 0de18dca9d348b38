namespace IngestPipeline.Deduplication;

/// <summary>What the copy decision needs to know of an article.</summary>
public sealed record CopyDocument
{
    /// <summary>The article's id.</summary>
    public required string Id { get; init; }

    /// <summary>The headline; empty when there is none.</summary>
    public string Title { get; init; } = "";

    /// <summary>The clean text; empty for a headline-only item.</summary>
    public string Text { get; init; } = "";

    /// <summary>The outlet or source; null when unknown.</summary>
    public string? Source { get; init; }

    /// <summary>When it was first seen; null when unknown. Windows and order run on it.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>The article's address; null when unknown.</summary>
    public string? Url { get; init; }

    /// <summary>The language tag; null when unknown. Articles of different known languages never copy each other.</summary>
    public string? Language { get; init; }

    /// <summary>The id of the article that its page names as its canonical one (<c>rel=canonical</c>); null when it names none, or itself.</summary>
    public string? Declares { get; init; }

    /// <summary>The agency that the article is credited to; null when none is known.</summary>
    public string? Agency { get; init; }

    /// <summary>True when there is only a headline (and a teaser): compared by title, address and date only, never canonical over a full text.</summary>
    public bool HeadlineOnly { get; init; }
}
