namespace IngestPipeline.Pipeline;

/// <summary>Which pages of an archive are taken as articles.</summary>
public enum ArticleChoice
{
    /// <summary><see cref="Linked"/> when the archive holds a feed, else <see cref="All"/>.</summary>
    Auto,

    /// <summary>Only what the archive's feeds name.</summary>
    Linked,

    /// <summary>Every HTML response.</summary>
    All,
}
