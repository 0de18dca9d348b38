namespace IngestPipeline.Records;

/// <summary>Where a record's text came from.</summary>
public enum TextSource
{
    /// <summary>The article's page.</summary>
    Page,

    /// <summary>The feed's entry.</summary>
    Feed,

    /// <summary>A plain-text file.</summary>
    Text,

    /// <summary>There is no text but the headline (and perhaps a teaser).</summary>
    Headline,
}
