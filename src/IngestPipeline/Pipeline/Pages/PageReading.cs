using IngestPipeline.Extraction;
using IngestPipeline.Fetching;

namespace IngestPipeline.Pipeline.Pages;

/// <summary>What was read under one address.</summary>
/// <param name="Fetched">The fetch that gave the page, after a meta refresh that of its target.</param>
/// <param name="Page">The article of all its pages; null when the fetch gave none, or a file that is no page.</param>
/// <param name="IsText">True for plain text.</param>
internal sealed record PageReading(FetchResult Fetched, ExtractedArticle? Page = null, bool IsText = false)
{
    /// <summary>What a reader should know about how the text was put together.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Why the page stands in the article's way and says nothing about it; null when it does not.</summary>
    public string? Wall { get; init; }
}
