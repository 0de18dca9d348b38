namespace IngestPipeline.Extraction;

/// <summary>What a page says about its article, each value with where it was found.</summary>
public sealed record ArticleMetadata
{
    /// <summary>The headline, without the site's name.</summary>
    public Sourced<string>? Title { get; init; }

    /// <summary>The sentence or two under the headline that say what the article tells; never the start of its text.</summary>
    public Sourced<string>? Standfirst { get; init; }

    /// <summary>The names of the people who wrote it, in the page's order, without "By" and roles; null where the page names no person.</summary>
    public Sourced<IReadOnlyList<string>>? Authors { get; init; }

    /// <summary>Whom the page credits where it names no person: its outlet, a desk, an agency; null where <see cref="Authors"/> are known.</summary>
    public Sourced<IReadOnlyList<string>>? Credit { get; init; }

    /// <summary>When the article was first published.</summary>
    public Sourced<ArticleDate>? Published { get; init; }

    /// <summary>When the article was last changed.</summary>
    public Sourced<ArticleDate>? Modified { get; init; }

    /// <summary>The publication's name.</summary>
    public Sourced<string>? Outlet { get; init; }

    /// <summary>The section that the article stands in.</summary>
    public Sourced<string>? Section { get; init; }

    /// <summary>The language as a BCP 47 primary tag such as <c>en</c>; null where none can be claimed.</summary>
    public Sourced<string>? Language { get; init; }

    /// <summary>The canonical address that the page names: a candidate, not yet a fact.</summary>
    public Sourced<string>? CanonicalUrl { get; init; }

    /// <summary>The lead image's address.</summary>
    public Sourced<string>? LeadImage { get; init; }

    /// <summary>The agency that the article is credited to, by its usual short name (AP, AFP, Reuters, dpa …).</summary>
    public Sourced<string>? Agency { get; init; }

    /// <summary>The place that the dateline names.</summary>
    public Sourced<string>? DatelinePlace { get; init; }

    /// <summary>False when the page marks its article as not free (<c>isAccessibleForFree</c>); null when it says nothing.</summary>
    public bool? IsFree { get; init; }

    /// <summary>The page's standfirst or description, a help in recognising the standfirst block.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// The article's text as schema.org's <c>articleBody</c> gives it, a paragraph a line where the value keeps them; null when the page has none.
    /// It may be cut short or hold boilerplate: a hint for the extractor, not the text.
    /// </summary>
    public string? ArticleBody { get; init; }

    /// <summary>schema.org types of the page's main thing, such as <c>NewsArticle</c>.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>True for a page that calls itself an article to machines: <c>NewsArticle</c>, <c>BlogPosting</c> and the like.</summary>
    internal bool IsTypedArticle => Types.Any(t => t.EndsWith("Article", StringComparison.Ordinal) || t.EndsWith("Posting", StringComparison.Ordinal));
}
