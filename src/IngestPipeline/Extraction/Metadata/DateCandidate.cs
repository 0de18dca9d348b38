namespace IngestPipeline.Extraction.Metadata;

/// <summary>What a date on a page says of the article.</summary>
internal enum DateRole
{
    Published,
    Modified,

    /// <summary>A date that is called the date, and not said of what.</summary>
    Dated,

    /// <summary>A date beside the article that does not say what it is.</summary>
    Unnamed,
}

/// <summary>A date on a page that may be the article's.</summary>
/// <param name="Swapped">The other reading of a doubtful date.</param>
/// <param name="Trust">How far its place is trusted, higher is better; equal ones in page order.</param>
internal sealed record DateCandidate(ArticleDate Date, DateRole Role, int Trust, string Source, ArticleDate? Swapped = null);
