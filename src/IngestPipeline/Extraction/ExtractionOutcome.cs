namespace IngestPipeline.Extraction;

/// <summary>What a page turned out to be.</summary>
public enum ExtractionOutcome
{
    /// <summary>An article with text.</summary>
    Article,

    /// <summary>A page without article text.</summary>
    NoText,

    /// <summary>A page of another kind: an index, a gallery, a video player.</summary>
    NotAnArticle,

    /// <summary>An article that the page itself marks as not free and whose text is not there.</summary>
    Paywalled,

    /// <summary>A page that the parser would not survive in bounded time and memory; it was not parsed.</summary>
    Refused,
}
